"""What was asked for by name and is not there: a misspelt selection must not compile nothing in silence."""

from collections.abc import Iterator, Sequence

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.source.codes import NO_SPEC
from compiler.spec.resolved import ResolvedProject


def unmatched(projects: Sequence[ResolvedProject], *, names: frozenset[str],
              environments: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield every selected name and environment that no project has."""
    yield from _missing("project is called", names, {project.name for project in projects}, projects)
    yield from _missing("project has an environment", environments, {project.environment for project in projects},
                        projects)


def _missing(what: str, wanted: frozenset[str], known: set[str],
             projects: Sequence[ResolvedProject]) -> Iterator[Diagnostic]:
    for name in sorted(wanted - known):
        from compiler.diagnostics.suggest import one_of, suggest

        meant = suggest(name, tuple(sorted(known)))
        help = f"did you mean `{meant}`?" if meant else f"expected {one_of(tuple(sorted(known)))}"
        span = projects[0].document.locate(()) if projects else None
        yield error(NO_SPEC, f"no {what} `{name[:40]}`", at=(), help=help)._replace(span=span)
