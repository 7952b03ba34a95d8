"""What a base brings to judge by: its policies, and the tables in `policies/data/`."""

import os
from collections.abc import Mapping
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.git.objects import Git, materialise
from compiler.policy.interface import Packs
from compiler.policy.packs import POLICIES, merged_data, read_packs_at, read_tables


class Base:
    """The policies of a commit, written once into a folder of our own: the engine's process may write nothing."""

    def __init__(self, git: Git, commit: str, folder: str) -> None:
        self._root = git.root
        self._policies = os.path.join(folder, POLICIES)
        materialise(git, commit, folder, POLICIES)

    def packs(self) -> Packs:
        """Return the policies; called in the engine's own process."""
        return read_packs_at(self._root, self._policies)

    def tables(self) -> tuple[Mapping[str, Any], tuple[Diagnostic, ...]]:
        """Return the data of the policies by its top-level keys, and what is wrong with it."""
        packs = read_tables(self._root, self._policies)
        return merged_data(packs.packs), packs.faults
