"""Diagnostics for people: the place, the words, the line with a marker, and what to do."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from compiler.diagnostics.diagnostic import Diagnostic, Related, Severity
from compiler.diagnostics.excerpt import excerpt
from compiler.diagnostics.present import presentable
from compiler.diagnostics.visible import visible
from compiler.source.document import Span
from compiler.source.path import dotted

Paint = Callable[[str, str], str]

_COLOURS: Mapping[Severity, str] = {"error": "1;31", "warning": "1;33", "note": "1;36"}
_BOLD, _FAINT = "1", "2"


def render(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], *, colour: bool = False) -> str:
    """Return a paragraph a finding, in the order given; what several environments share is said once."""
    paint = _coloured if colour else _plain
    findings: dict[Diagnostic, list[str]] = {}
    for diagnostic in presentable(diagnostics):
        environments = findings.setdefault(diagnostic._replace(environment=""), [])
        if diagnostic.environment:
            environments.append(visible(diagnostic.environment))
    return "\n".join("".join(f"{line}\n" for line in _paragraph(diagnostic, environments, sources, paint))
                     for diagnostic, environments in findings.items())


def _paragraph(diagnostic: Diagnostic, environments: list[str], sources: Mapping[str, str],
               paint: Paint) -> Iterator[str]:
    severity = paint(_COLOURS[diagnostic.severity], f"{diagnostic.severity}:")
    message = paint(_BOLD, diagnostic.message)
    yield f"{_place(diagnostic.span)}{severity} {message} {paint(_FAINT, f'[{diagnostic.code}]')}"
    is_secret = "secret" in diagnostic.code
    yield from _excerpt(diagnostic.span, sources, _COLOURS[diagnostic.severity], is_secret, paint)
    where = visible(dotted(diagnostic.path))
    if where or environments:
        yield "  at: " + " in ".join(part for part in (where, ", ".join(environments)) if part)
    for related in diagnostic.related:
        yield from _related(related, sources, is_secret, paint)
    if diagnostic.help:
        yield f"  {paint(_BOLD, 'help:')} {diagnostic.help}"


def _related(related: Related, sources: Mapping[str, str], is_secret: bool, paint: Paint) -> Iterator[str]:
    where = f" ({visible(dotted(related.path))})" if related.path and related.span is None else ""
    yield f"  {_place(related.span)}{paint(_COLOURS['note'], 'note:')} {related.message}{where}"
    yield from _excerpt(related.span, sources, _COLOURS["note"], is_secret, paint)


def _excerpt(span: Span | None, sources: Mapping[str, str], colour: str, is_secret: bool,
             paint: Paint) -> Iterator[str]:
    text = sources.get(span.file) if span else None
    shown = excerpt(text, span, is_secret=is_secret) if span and text else None
    if span is None or shown is None:
        return
    gutter = f"{span.line:>5} | "
    yield paint(_FAINT, gutter) + shown.line
    marker = "^" + "~" * (shown.length - 1)
    yield paint(_FAINT, " " * 5 + " | ") + " " * shown.offset + paint(colour, marker)


def _place(span: Span | None) -> str:
    if span is None:
        return ""
    # A line that starts with `::` is a command to some CI systems, and a file may have such a name.
    guard = "./" if span.file[:1] in (":", " ", "-") else ""
    return f"{guard}{visible(span.file)}:{span.line}:{span.column}: "


def _plain(colour: str, text: str) -> str:
    return text


def _coloured(colour: str, text: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"
