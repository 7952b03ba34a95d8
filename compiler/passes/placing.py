"""Give diagnostics their places, and say once what is true in several environments."""

from collections.abc import Iterable

from compiler.diagnostics.diagnostic import Diagnostic, ordered
from compiler.source.document import Span
from compiler.spec.resolved import ResolvedProject


def placed(project: ResolvedProject, diagnostic: Diagnostic) -> Diagnostic:
    """Return the diagnostic with its span, in whichever file decided the value, and its environment."""
    related = tuple(other._replace(span=other.span or project.locate(other.path)) for other in diagnostic.related)
    span = diagnostic.span or project.locate(diagnostic.path, on_key=diagnostic.on_key)
    return diagnostic._replace(span=span, related=related, environment=project.environment)


def merged(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics in order; what several environments share is said once, with their names."""
    environments: dict[tuple[str, str, Span | None], list[str]] = {}
    first: dict[tuple[str, str, Span | None], Diagnostic] = {}
    for diagnostic in diagnostics:
        key = (diagnostic.code, diagnostic.message, diagnostic.span)
        first.setdefault(key, diagnostic)
        environments.setdefault(key, []).append(diagnostic.environment)
    return ordered(diagnostic._replace(environment=", ".join(sorted({*environments[key]} - {""})))
                   for key, diagnostic in first.items())
