"""A line of a spec with a marker under what a diagnostic speaks of, and no secret in it."""

import re

from compiler.diagnostics.redact import Range, is_sensitive, masked, secret_ranges, value_ranges
from compiler.diagnostics.visible import visible, width
from compiler.records import NamedTuple
from compiler.source.document import Span

# A longer line is a program's, and its middle tells nobody anything.
MAX_LINE = 4096
_WINDOW = 120
_KEY = r"""^(?P<indent>[\s\-]*)["']?(?P<key>\w[\w.\- ]*?)["']?\s*:(?:\s|$)"""


class Excerpt(NamedTuple):
    """A line as it may be shown, and where to put the marker below it, in columns from 0."""

    line: str
    offset: int
    length: int


def excerpt(text: str, span: Span, *, is_secret: bool) -> Excerpt | None:
    """Return the first line of span, its whole value masked when is_secret; None when it cannot be shown."""
    lines = text.split("\n")
    if not 1 <= span.line <= len(lines):
        return None
    line = lines[span.line - 1].rstrip("\r")
    if len(line) > MAX_LINE:
        return None
    hide_all = is_secret or _belongs_to_secret(lines, span.line - 1)
    ranges = value_ranges(line) if hide_all else secret_ranges(line)
    start = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line.rstrip())
    before = _shown(line, ranges, 0, start)
    marked = _shown(line, ranges, start, max(end, start))
    return _window(before, marked, _shown(line, ranges, max(end, start), len(line)))


def _shown(line: str, ranges: tuple[Range, ...], start: int, end: int) -> str:
    inside = tuple(Range(max(low, start) - start, min(high, end) - start)
                   for low, high in ranges if high > start and low < end)
    return visible(masked(line[start:end], inside).replace("\t", " "))


def _window(before: str, marked: str, after: str) -> Excerpt:
    line, offset, length = before + marked + after, width(before), max(width(marked), 1)
    if len(line) <= _WINDOW:
        return Excerpt(line, offset, length)
    first = max(0, len(before) - _WINDOW // 3)
    shown = line[first:first + _WINDOW]
    lead = "…" if first else ""
    offset = width(lead + before[first:])
    tail = "…" if first + _WINDOW < len(line) else ""
    return Excerpt(lead + shown + tail, offset, max(1, min(length, width(lead + shown) - offset)))


def _belongs_to_secret(lines: list[str], index: int) -> bool:
    """Tell whether the line stands below a sensitive key, or inside a PEM block."""
    depth = _indentation(lines[index])
    for number in range(index - 1, max(index - 200, -1), -1):
        line = lines[number]
        if "PRIVATE KEY-----" in line:
            return "BEGIN" in line
        if not line.strip() or _indentation(line) >= depth:
            continue
        depth = _indentation(line)
        match = re.match(_KEY, line)
        if match and is_sensitive(match["key"]):
            return True
    return False


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
