"""Revisions of data kept by the snapshots of an Iceberg table."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.kinds.interface import Parameters, SettingsKind
from compiler.kinds.settings import as_written
from compiler.kinds.versioning.parameters import Revision, check_format
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.words import Identifier

# `with` is a word of Python, so this one key is written as a call.
_With = TypedDict("_With", {"with": Required[Literal["iceberg"]]})


class Iceberg(_With, total=False):
    """The source is an Iceberg table."""

    table: Identifier
    """Name of the table in the catalogue; the source's uri is the table unless said."""
    reference: Revision
    """Branch or tag of the table; the newest snapshot unless said."""


def lower(_project: ResolvedProject, parameters: Parameters, _at: FieldPath) -> Mapping[str, Any]:
    """Return the settings of the runtime."""
    return as_written(parameters, "iceberg", "table", "reference")


def check(project: ResolvedProject, _parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a source in another format."""
    yield from check_format(project, "iceberg", at)


KIND = SettingsKind("iceberg", Iceberg, lower, check)
