"""A diagnostic: one thing to say about one place of a spec."""

from collections.abc import Iterable
from typing import Literal

from compiler.records import NamedTuple
from compiler.source.document import Span
from compiler.source.path import FieldPath

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


class Related(NamedTuple):
    """Another place that a diagnostic speaks of, such as the first of two definitions."""

    message: str
    path: FieldPath
    span: Span | None = None


class Diagnostic(NamedTuple):
    """One finding.

    `code` is a slug that names the rule (`serving/canary-weights`); `message` says what
    was met and what was expected; `help` says what to do. `path` names the place in the
    spec, `environment` the one it was found in (empty: in all). A stage gives the path;
    the driver attaches the span. `on_key` asks for the span of the key, not of the value.
    """

    code: str
    severity: Severity
    message: str
    path: FieldPath = ()
    help: str = ""
    related: tuple[Related, ...] = ()
    span: Span | None = None
    environment: str = ""
    on_key: bool = False


def error(code: str, message: str, *, at: FieldPath, help: str = "",
          related: tuple[Related, ...] = ()) -> Diagnostic:
    """Return a diagnostic that stops the compile after its stage."""
    return Diagnostic(code, "error", message, at, help, related)


def warning(code: str, message: str, *, at: FieldPath, help: str = "",
            related: tuple[Related, ...] = ()) -> Diagnostic:
    """Return a diagnostic that stops the compile only under `--strict`."""
    return Diagnostic(code, "warning", message, at, help, related)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of the diagnostics is an error."""
    return any(diagnostic.severity == "error" for diagnostic in diagnostics)


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics once each, by file, line, column, code and message."""
    return tuple(sorted(set(diagnostics), key=_position))


def _position(diagnostic: Diagnostic) -> tuple[str, int, int, str, str, str]:
    span = diagnostic.span or Span("", 0, 0, 0, 0)
    return (span.file, span.line, span.column, diagnostic.code, diagnostic.message, diagnostic.environment)
