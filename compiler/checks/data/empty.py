"""A project has at least one data source, and a contract at least one column."""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "data/empty"


def empty(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield lists that say nothing."""
    if not project.spec["data"]["sources"]:
        yield error(CODE, "there is no data source", at=("data", "sources"), help="add one with a name and a uri")
    for index, source in enumerate(project.spec["data"]["sources"]):
        if "contract" in source and not source["contract"]["columns"]:
            yield error(CODE, "the contract names no column", at=("data", "sources", index, "contract", "columns"))


CHECK = Check(CODE, empty)
