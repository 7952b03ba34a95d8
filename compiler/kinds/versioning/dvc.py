"""Revisions of data kept by DVC: small files in Git that name the data by content."""

from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict

from compiler.kinds.interface import Parameters, SettingsKind
from compiler.kinds.settings import as_written
from compiler.kinds.versioning.parameters import Path, Revision, repository_of
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.words import Name

# `with` is a word of Python, so this one key is written as a call.
_With = TypedDict("_With", {"with": Required[Literal["dvc"]]})


class Dvc(_With, total=False):
    """The data is named by `.dvc` files in Git."""

    path: Required[Path]
    """File or folder that DVC tracks, below the repository."""
    remote: Name
    """DVC remote that holds the data; the default remote unless said."""
    revision: Revision
    """Git revision whose `.dvc` file counts; the synced one unless said."""


def lower(project: ResolvedProject, parameters: Parameters, _at: FieldPath) -> Mapping[str, Any]:
    """Return the settings of the runtime."""
    return {**as_written(parameters, "dvc", "path", "remote", "revision"), **repository_of(project)}


KIND = SettingsKind("dvc", Dvc, lower)
