"""A column's limits leave room for a value, and suit its type.

    amount: {type: float64, minimum: 10, maximum: 1}    # wrong: nothing is in between
    country: {type: string, minimum: 3}                 # wrong: text has no minimum
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject

if TYPE_CHECKING:
    from compiler.spec.data import Column

CODE = "quantities/column-range"
NUMBERS = frozenset({"int8", "int16", "int32", "int64", "float32", "float64"})


def column_range(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield columns that no value, or no value of the type, can satisfy."""
    for index, source in enumerate(project.spec["data"]["sources"]):
        for name, column in sorted(source.get("contract", {}).get("columns", {}).items()):
            yield from _faults(name, column, ("data", "sources", index, "contract", "columns", name))


def _faults(name: str, column: Column, at: FieldPath) -> Iterator[Diagnostic]:
    lower, upper = column.get("minimum"), column.get("maximum")
    if lower is not None and upper is not None and lower > upper:
        yield error(CODE, f"column `{name}` has minimum {lower} over maximum {upper}", at=(*at, "minimum"))
    limit = next((key for key in ("minimum", "maximum") if key in column), None)
    if limit is not None and column["type"] not in NUMBERS:
        yield error(CODE, f"column `{name}` of type {column['type']} has a {limit}", at=(*at, limit),
                    help="only numbers have limits; use `allowed` for text")
    for index, value in enumerate(column.get("allowed", ())):
        if isinstance(value, str) == (column["type"] in NUMBERS):
            yield error(CODE, f"column `{name}` of type {column['type']} allows a value of another type",
                        at=(*at, "allowed", index), help="quote text, and do not quote numbers")


CHECK = Check(CODE, column_range)
