"""A split by time or group needs the column that it goes by.

Rows held out at random leak the future into training when events have a time.

    split: {by: time}                       # wrong
    split: {by: time, column: booked_at}    # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.diagnostics.suggest import suggest
from compiler.spec.resolved import ResolvedProject

CODE = "references/split-column"
SPLIT = ("data", "split")


def split_column(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield a split whose column is missing or unknown."""
    split = project.spec["data"]["split"]
    if split["by"] == "random":
        return
    column = split.get("column")
    if column is None:
        yield error(CODE, f"a split by {split['by']} has no `column`", at=SPLIT, help="name the column that it goes by")
        return
    columns = project.spec["data"]["sources"][0].get("contract", {}).get("columns")
    if columns and column not in columns:
        meant = suggest(column, tuple(columns))
        yield error(CODE, f"`{column}` is not a column of the first source", at=(*SPLIT, "column"),
                    help=f"did you mean `{meant}`?" if meant else "add it to the contract")


CHECK = Check(CODE, split_column)
