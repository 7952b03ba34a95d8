"""What YAML 1.2 forbids and the parser lets pass, so that no other reader sees another document."""

import re
from bisect import bisect
from collections.abc import Iterator, Mapping

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.source import codes
from compiler.source.document import Span
from compiler.source.path import FieldPath

_GLUED_COMMENTS = tuple(f"{mark}#" for mark in "[]{},\"'")
_BLOCK_HEADER = r"[|>][-+0-9]*([ \t]+#.*|[ \t]*)\r?"


class Layout:
    """The places of a document's values over its text."""

    def __init__(self, text: str, file: str, spans: Mapping[FieldPath, Span],
                 key_spans: Mapping[FieldPath, Span]) -> None:
        self._text = text
        self._lines = text.split("\n")
        self._file = file
        self._spans = spans
        self._key_spans = key_spans

    def problems(self) -> Iterator[Diagnostic]:
        """Yield what another YAML reader would refuse or read differently."""
        for path, span in self._spans.items():
            if span.end_line > span.line:
                yield from self._check_lines(path, span)
        if _has_glued_comment(self._text):
            yield from self._check_comments()

    def _check_lines(self, path: FieldPath, span: Span) -> Iterator[Diagnostic]:
        opening = self._lines[span.line - 1][span.column - 1]
        if opening in "|>":
            header = self._lines[span.line - 1][span.column - 1:]
            if not re.fullmatch(_BLOCK_HEADER, header):
                yield _problem("a comment needs a space in front of it", path, span, "write ` #`")
        elif opening in "[{\"'":
            yield from self._check_indentation(path, span)

    def _check_indentation(self, path: FieldPath, span: Span) -> Iterator[Diagnostic]:
        least = self._least_indentation(path)
        for number in range(span.line + 1, span.end_line + 1 if least else 0):
            line = self._lines[number - 1]
            content = line.strip()
            # A closing bracket under the key is against the letter, and every reader takes it.
            is_closing = number == span.end_line and content[:1] in ("]", "}") and line[:1] != "\t"
            indentation = len(line) - len(line.lstrip(" "))
            if content and not is_closing and not content.startswith("#") and indentation < least:
                place = Span(self._file, number, 1, number, len(line) + 1)
                yield _problem("this line is not indented under its key", path, place, "indent it")
                return

    def _least_indentation(self, path: FieldPath) -> int:
        """Return how many spaces a line of the value at path must start with; 0 where its parent answers."""
        if not path:
            return 0
        parent = self._spans[path[:-1]]
        return 0 if self._lines[parent.line - 1][parent.column - 1] in "[{" else parent.column

    def _check_comments(self) -> Iterator[Diagnostic]:
        texts = self._texts()
        for number, line in enumerate(self._lines, 1):
            if not _has_glued_comment(line):
                continue
            columns = (match.start() + 1 for match in re.finditer("#", line))
            column = next((column for column in columns if not _is_inside((number, column), texts)), 1)
            if column > 1 and line[column - 2] not in " \t":
                place = Span(self._file, number, column, number, column + 1)
                yield _problem("a comment needs a space in front of it", (), place, "write ` #`")

    def _texts(self) -> list[Span]:
        """Return the spans of all scalars, first to last; no two overlap."""
        parents = {path[:-1] for path in self._spans if path}
        texts = [span for path, span in self._spans.items() if path not in parents]
        return sorted([*texts, *self._key_spans.values()])


def _has_glued_comment(text: str) -> bool:
    return any(glued in text for glued in _GLUED_COMMENTS)


def _is_inside(place: tuple[int, int], texts: list[Span]) -> bool:
    index = bisect(texts, place, key=_start) - 1
    return index >= 0 and place < (texts[index].end_line, texts[index].end_column)


def _start(span: Span) -> tuple[int, int]:
    return (span.line, span.column)


def _problem(message: str, path: FieldPath, span: Span, help: str) -> Diagnostic:
    return Diagnostic(codes.SYNTAX, "error", message, path, help, (), span)
