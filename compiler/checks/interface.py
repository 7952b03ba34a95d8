"""What a check is: one semantic rule over one resolved project, or over all of a repository."""

from collections.abc import Callable, Iterator, Sequence

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.records import NamedTuple
from compiler.spec.resolved import ResolvedProject


class Check(NamedTuple):
    """A rule over one project in one environment. Set on the module as `CHECK`."""

    code: str
    run: Callable[[ResolvedProject], Iterator[Diagnostic]]


class RepositoryCheck(NamedTuple):
    """A rule over every project of the compile at once. Set on the module as `CHECK`.

    Each finding comes with the project that it is about.
    """

    code: str
    run: Callable[[Sequence[ResolvedProject]], Iterator[tuple[ResolvedProject, Diagnostic]]]
