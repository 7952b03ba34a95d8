"""Types that several ways of versioning share."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.source.path import FieldPath
from compiler.spec.markers import Text
from compiler.spec.resolved import ResolvedProject

FORMAT = "versioning/format"

Path = Annotated[str, Text(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}(/[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}){0,20}",
                           "a path below the repository, such as data/transactions", ("data/transactions",))]
Revision = Annotated[str, Text(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}", "a branch, a tag or a commit", ("main",))]


def repository_of(project: ResolvedProject) -> Mapping[str, Any]:
    """Return the Git repository that keeps revisions, and the branch whose newest one counts unless one is pinned."""
    repository = project.spec["platform"]["repository"]
    return {"repository": repository["url"], "branch": repository["revision"]}


def check_format(project: ResolvedProject, expected: str, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a fault when the source is not in the format that its versioning reads."""
    source = project.spec["data"]["sources"][int(at[2])]
    if source["format"] != expected:
        yield error(FORMAT, f"source `{source['name']}` is {source['format']}, and {expected} keeps its revisions",
                    at=(*at[:3], "format"), help=f"set `format: {expected}`")
