"""What feature definitions must keep: columns that are there, joins that have a time and a key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.diagnostics.suggest import suggest
from compiler.source.path import FieldPath

if TYPE_CHECKING:
    from compiler.spec.data import Source

COLUMN = "features/column"
COLUMN_TYPE = "features/column-type"
OPTION = "features/option"
TARGET = "features/target"
JOIN = "features/join"


def check_column(source: Source, column: str, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a fault when the source's contract does not name the column; without a contract nothing is known."""
    known = source.get("contract", {"columns": {}})["columns"]
    if not known or column in known:
        return
    meant = suggest(column, known)
    yield error(COLUMN, f"`{column}` is no column of source `{source['name']}`", at=at,
                help=f"did you mean `{meant}`?" if meant else "add it to the contract")
