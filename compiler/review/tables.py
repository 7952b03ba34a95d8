"""The data that a base judges by: reviewers, prices, whatever stands in `policies/data/`."""

import os
from collections.abc import Mapping
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.git.objects import Git, materialise
from compiler.policy.interface import Packs
from compiler.policy.packs import DATA, POLICIES, merged_data, read_packs_at, read_tables


class Base:
    """What a base brings to judge by, read from its commit and never from a proposal."""

    def __init__(self, git: Git, commit: str, folder: str) -> None:
        self._git = git
        self._commit = commit
        self._folder = folder

    def packs(self) -> Packs:
        """Return the policies; called in the engine's own process."""
        place = os.path.join(self._folder, "packs")
        materialise(self._git, self._commit, place, POLICIES)
        return read_packs_at(self._git.root, os.path.join(place, POLICIES))

    def tables(self) -> tuple[Mapping[str, Any], tuple[Diagnostic, ...]]:
        """Return the data of the policies by its top-level keys, and what is wrong with it."""
        place = os.path.join(self._folder, "tables")
        materialise(self._git, self._commit, place, f"{POLICIES}/{DATA}")
        packs = read_tables(self._git.root, os.path.join(place, POLICIES))
        return merged_data(packs.packs), packs.faults
