"""The target must be a column of the first source's contract.

A target that the contract does not name is not checked before training, and the run fails
hours later, on the first row that lacks it.

    data: {target: label, sources: [{name: rows, contract: {columns: {amount: {type: float64}}}}]}   # wrong
    data: {target: label, sources: [{name: rows, contract: {columns: {label: {type: int8}}}}]}       # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.diagnostics.suggest import suggest
from compiler.spec.resolved import ResolvedProject

CODE = "references/target-column"


def target_column(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield the target that no column bears."""
    data = project.spec["data"]
    target = data.get("target")
    columns = data["sources"][0].get("contract", {}).get("columns") if data["sources"] else None
    if target is None or not columns or target in columns:
        return
    meant = suggest(target, tuple(columns))
    yield error(CODE, f"target `{target}` is not a column of source `{data['sources'][0]['name']}`",
                at=("data", "target"), help=f"did you mean `{meant}`?" if meant else "add it to the contract")


CHECK = Check(CODE, target_column)
