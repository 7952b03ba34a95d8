"""No revisions are kept: what was trained on is known by its digest alone."""

from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict

from compiler.kinds.interface import Parameters, SettingsKind
from compiler.kinds.settings import as_written
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject

# `with` is a word of Python, so this one key is written as a call.
_With = TypedDict("_With", {"with": Required[Literal["none"]]})


class Unversioned(_With, total=False):
    """No revisions are kept; lineage holds the digest of what was read."""


def lower(_project: ResolvedProject, parameters: Parameters, _at: FieldPath) -> Mapping[str, Any]:
    """Return the settings of the runtime."""
    return as_written(parameters, "none")


KIND = SettingsKind("none", Unversioned, lower)
