"""What the user's cluster serves: the strict schemas that `mlproject crds import` stored in the repository."""

import json
import os
from collections.abc import Mapping
from typing import Any, Final

from compiler.records import NamedTuple
from compiler.verify.schemas import file_name, split_api_version

FOLDER: Final = "crds"
INDEX: Final = "index.json"


class Served(NamedTuple):
    """The kinds of one import: by group, by kind, the versions that are served.

    `loaded` holds the schemas that were read already.
    """

    folder: str
    kinds: Mapping[str, Mapping[str, tuple[str, ...]]]
    loaded: dict[tuple[str, str], Mapping[str, Any]]

    def has_group(self, api_version: str) -> bool:
        """Tell whether kinds of the group of apiVersion were imported."""
        return split_api_version(api_version)[0] in self.kinds

    def versions(self, api_version: str, kind: str) -> tuple[str, ...]:
        """Return the versions in which the cluster serves the kind; empty when it does not."""
        return self.kinds.get(split_api_version(api_version)[0], {}).get(kind, ())

    def schema(self, api_version: str, kind: str) -> Mapping[str, Any]:
        """Return the strict schema of a kind and version that is served."""
        key = (api_version, kind)
        if key not in self.loaded:
            group, version = split_api_version(api_version)
            with open(os.path.join(self.folder, group, file_name(kind, version)), encoding="utf-8") as file:
                self.loaded[key] = json.load(file)
        return self.loaded[key]


def imported_schemas(repository: str) -> tuple[Served, ...]:
    """Return what was imported into a repository, as `verify` takes it; empty when nothing was."""
    folder = os.path.join(repository, FOLDER)
    try:
        with open(os.path.join(folder, INDEX), encoding="utf-8") as file:
            index = json.load(file)
    except FileNotFoundError:
        return ()
    kinds = {group: {kind: tuple(versions) for kind, versions in members.items()}
             for group, members in index["groups"].items()}
    return (Served(folder, kinds, {}),)
