"""A document: plain data and the place of every value in the text it came from."""

from collections.abc import Mapping
from typing import Any

from compiler.records import NamedTuple
from compiler.source.path import FieldPath


class Span(NamedTuple):
    """A stretch of text; lines and columns count from 1, the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class Document(NamedTuple):
    """What `read` makes of a file.

    `data` holds only dict, list, str, int, float, bool and None. `spans` has an
    entry for each value; `key_spans` one for the key of each member of a mapping.
    """

    file: str
    text: str
    data: Any
    spans: Mapping[FieldPath, Span]
    key_spans: Mapping[FieldPath, Span]

    def locate(self, path: FieldPath) -> Span:
        """Return the span of path, or of its nearest ancestor that exists."""
        return _nearest(self.spans, path, self.file)

    def locate_key(self, path: FieldPath) -> Span:
        """Return the span of the key that path ends in, or what `locate` returns."""
        return self.key_spans.get(path) or self.locate(path)


def _nearest(spans: Mapping[FieldPath, Span], path: FieldPath, file: str) -> Span:
    for length in range(len(path), -1, -1):
        span = spans.get(path[:length])
        if span is not None:
            return span
    return Span(file, 1, 1, 1, 1)
