"""Data sources have names of their own.

Reports, revisions and lineage find a source by its name.

    sources: [{name: rows, uri: a}, {name: rows, uri: b}]    # wrong
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, Related, error
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject

CODE = "names/unique-source"


def unique_source(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield every source whose name an earlier one has."""
    first: dict[str, FieldPath] = {}
    for index, source in enumerate(project.spec["data"]["sources"]):
        at = ("data", "sources", index, "name")
        if source["name"] in first:
            yield error(CODE, f"a second source is called `{source['name']}`", at=at,
                        related=(Related("the first one", first[source["name"]]),), help="rename one of the two")
        first.setdefault(source["name"], at)


CHECK = Check(CODE, unique_source)
