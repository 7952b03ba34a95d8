"""Revisions of data kept by the log of a Delta table."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.kinds.interface import Parameters, SettingsKind
from compiler.kinds.settings import as_written
from compiler.kinds.versioning.parameters import check_format
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.words import NonNegative

# `with` is a word of Python, so this one key is written as a call.
_With = TypedDict("_With", {"with": Required[Literal["delta"]]})


class Delta(_With, total=False):
    """The source is a Delta table."""

    version: NonNegative
    """Version of the table; the newest unless said."""


def lower(_project: ResolvedProject, parameters: Parameters, _at: FieldPath) -> Mapping[str, Any]:
    """Return the settings of the runtime."""
    return as_written(parameters, "delta", "version")


def check(project: ResolvedProject, _parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a source in another format."""
    yield from check_format(project, "delta", at)


KIND = SettingsKind("delta", Delta, lower, check)
