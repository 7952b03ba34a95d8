"""Revisions of data kept by Git LFS."""

from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict

from compiler.kinds.interface import Parameters, SettingsKind
from compiler.kinds.settings import as_written
from compiler.kinds.versioning.parameters import Path, Revision, repository_of
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject

# `with` is a word of Python, so this one key is written as a call.
_With = TypedDict("_With", {"with": Required[Literal["git-lfs"]]})


class GitLfs(_With, total=False):
    """The data is in the Git repository, by Git LFS."""

    path: Required[Path]
    """File or folder, below the repository."""
    revision: Revision
    """Git revision that counts; the synced one unless said."""


def lower(project: ResolvedProject, parameters: Parameters, _at: FieldPath) -> Mapping[str, Any]:
    """Return the settings of the runtime."""
    return {**as_written(parameters, "git-lfs", "path", "revision"), **repository_of(project)}


KIND = SettingsKind("git-lfs", GitLfs, lower)
