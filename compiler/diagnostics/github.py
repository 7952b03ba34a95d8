"""Diagnostics for pull requests: GitHub workflow commands, which become annotations."""

from collections.abc import Mapping, Sequence

from compiler.diagnostics.diagnostic import Diagnostic, Severity
from compiler.diagnostics.present import presentable
from compiler.diagnostics.visible import visible

_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
# The runner undoes these and nothing else, and `%` must come first.
_IN_MESSAGE = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_IN_PROPERTY = (*_IN_MESSAGE, (":", "%3A"), (",", "%2C"))


def render(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> str:
    """Return a line for each diagnostic; every line starts with a word of ours, never with a user's."""
    return "".join(f"{_command(diagnostic)}\n" for diagnostic in presentable(diagnostics))


def _command(diagnostic: Diagnostic) -> str:
    properties = {"title": diagnostic.code}
    if diagnostic.span is not None:
        span = diagnostic.span
        properties = {"file": visible(span.file), "line": str(span.line), "endLine": str(span.end_line), **properties}
        # GitHub takes columns only for a stretch of one line.
        if span.line == span.end_line:
            properties |= {"col": str(span.column), "endColumn": str(max(span.end_column - 1, span.column))}
    written = ",".join(f"{name}={_escaped(value, _IN_PROPERTY)}" for name, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {written}::{_escaped(_message(diagnostic), _IN_MESSAGE)}"


def _message(diagnostic: Diagnostic) -> str:
    lines = [diagnostic.message + (f" (in {visible(diagnostic.environment)})" if diagnostic.environment else "")]
    for related in diagnostic.related:
        place = f": {visible(related.span.file)}:{related.span.line}" if related.span else ""
        lines.append(f"{related.message}{place}")
    return "\n".join([*lines, f"help: {diagnostic.help}"] if diagnostic.help else lines)


def _escaped(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for character, code in table:
        text = text.replace(character, code)
    return text
