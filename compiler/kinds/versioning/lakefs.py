"""Revisions of data kept by lakeFS."""

from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict

from compiler.kinds.interface import Parameters, SettingsKind
from compiler.kinds.settings import as_written
from compiler.kinds.versioning.parameters import Revision
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.words import Name

# `with` is a word of Python, so this one key is written as a call.
_With = TypedDict("_With", {"with": Required[Literal["lakefs"]]})


class LakeFs(_With, total=False):
    """The data is in a lakeFS repository."""

    repository: Required[Name]
    """Repository in lakeFS."""
    reference: Required[Revision]
    """Branch, tag or commit."""


def lower(_project: ResolvedProject, parameters: Parameters, _at: FieldPath) -> Mapping[str, Any]:
    """Return the settings of the runtime."""
    return as_written(parameters, "lakefs", "repository", "reference")


KIND = SettingsKind("lakefs", LakeFs, lower)
