"""From parser events to plain data and spans, with the limits enforced on the way."""

from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic, Related
from compiler.source import codes
from compiler.source.characters import value_flaws
from compiler.source.document import Span
from compiler.source.libyaml import EventSource, events
from compiler.source.path import FieldPath
from compiler.source.scalars import Refused, resolve

MAX_DEPTH = 32
MAX_NODES = 50_000
MAX_PROBLEMS = 50

_new_tuple = tuple.__new__


class Stopped(Exception):  # noqa: N818
    """Raised when parsing on would be pointless or dangerous; the reason is the last problem."""


class Composer:
    """Builds the data and the spans of the only document in a stream of events.

    What it refuses is in `problems`; it goes on where it can, and then its data is of no use.
    """

    def __init__(self, parser: EventSource, text: str, file: str) -> None:
        self.spans: dict[FieldPath, Span] = {}
        self.key_spans: dict[FieldPath, Span] = {}
        self.problems: list[Diagnostic] = []
        self._next = parser.get_event
        self._file = file
        self._text = text
        self._has_escapes = "\\" in text
        self._nodes = 0

    def compose(self) -> Any:
        """Return the data, None for a file without a document; raise Stopped or a YAML error."""
        self._next()
        event = self._next()
        if type(event) is events.StreamEndEvent:
            self.spans[()] = Span(self._file, 1, 1, 1, 1)
            return None
        assert isinstance(event, events.DocumentStartEvent)
        if event.version is not None or event.tags:
            self._report(codes.DIRECTIVE, "a directive is not allowed", self._span(event), (),
                         "remove the lines that start with `%`; every file is YAML 1.2")
        data = self._node(self._next(), ())
        event = self._next()
        assert type(event) is events.DocumentEndEvent
        event = self._next()
        if type(event) is not events.StreamEndEvent:
            self._report(codes.MULTIPLE_DOCUMENTS, "a second document starts here, expected one",
                         self._span(event), (), "write one document a file")
        return data

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        # Twice as fast as Span(...), and this is the innermost loop of reading.
        return _new_tuple(Span, (self._file, start.line + 1, start.column + 1, end.line + 1, end.column + 1))

    def _report(self, code: str, message: str, span: Span, path: FieldPath, help: str, *,
                related: tuple[Related, ...] = ()) -> None:
        self.problems.append(Diagnostic(code, "error", message, path, help, related, span))
        if len(self.problems) >= MAX_PROBLEMS:
            raise Stopped

    def _node(self, event: Any, path: FieldPath) -> Any:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._report(codes.TOO_MANY_NODES, f"the file holds more than {MAX_NODES} values",
                         self._span(event), path, "split the file, and keep data out of it")
            raise Stopped
        if type(event) is events.ScalarEvent:
            return self._scalar(event, path)
        if type(event) is events.AliasEvent:
            self._report(codes.ALIAS, "an alias is not allowed", self._span(event), path,
                         "write the value out, or quote it to mean a text that starts with `*`")
            return None
        return self._collection(event, path)

    def _scalar(self, event: events.ScalarEvent, path: FieldPath) -> Any:
        span = self.spans[path] = self._span(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, span, path)
        if event.style:
            if self._has_escapes:
                self._refuse_escapes(event.value, span, path)
            return event.value
        value = resolve(event.value)
        if type(value) is Refused:
            self._report(value.code, value.message, span, path, value.help)
        return value

    def _collection(self, event: Any, path: FieldPath) -> Any:
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, self._span(event), path)
        if len(path) >= MAX_DEPTH:
            self._report(codes.TOO_DEEP, f"values are nested more than {MAX_DEPTH} deep",
                         self._span(event), path, "flatten this part of the file")
            raise Stopped
        span = self.spans[path] = self._span(event)
        is_mapping = type(event) is events.MappingStartEvent
        data, last, end = self._mapping(path) if is_mapping else self._sequence(path)
        if end.end_mark.index > end.start_mark.index:
            last = self._span(end)
        # A block has no closing character: it ends where its last item does.
        if last is not None:
            self.spans[path] = Span(self._file, span.line, span.column, last.end_line, last.end_column)
        return data

    def _mapping(self, path: FieldPath) -> tuple[Any, Span | None, Any]:
        members: dict[str, Any] = {}
        last = None
        while type(event := self._next()) is not events.MappingEndEvent:
            span = self._span(event)
            key = self._key(event, span, path)
            child = (*path, key)
            if key in members:
                self._refuse_duplicate(span, child)
            else:
                self.key_spans[child] = span
            members[key] = self._node(self._next(), child)
            last = self.spans.get(child)
        return members, last, event

    def _sequence(self, path: FieldPath) -> tuple[Any, Span | None, Any]:
        items: list[Any] = []
        last = None
        while type(event := self._next()) is not events.SequenceEndEvent:
            child = (*path, len(items))
            items.append(self._node(event, child))
            last = self.spans.get(child)
        return items, last, event

    def _key(self, event: Any, span: Span, path: FieldPath) -> str:
        self._nodes += 1
        if type(event) is not events.ScalarEvent:
            self._report(codes.NON_STRING_KEY, "a key must be a text", span, path,
                         "write the key as one plain word")
            self._node(event, path)
            return f"key {self._nodes}"
        key: str = event.value
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, span, (*path, key))
        if event.style:
            self._refuse_escapes(key, span, (*path, key))
        elif self._follows_question_mark(event):
            # The parser takes `{?x: 1}` for the key `x`; YAML 1.2 says `?x`.
            self._report(codes.SYNTAX, "a key cannot start with `?`", span, (*path, key), "quote it")
        elif not isinstance(resolve(key), str):
            self._report(codes.NON_STRING_KEY, f"the key `{key}` is not a text in YAML", span,
                         (*path, key), f"quote it: `\"{key}\"`")
        if key == "<<":
            self._report(codes.MERGE_KEY, "a merge key is not allowed", span, (*path, key),
                         "write the members out, or move them to the defaults")
        return key

    def _follows_question_mark(self, event: Any) -> bool:
        index = event.start_mark.index
        return index > 0 and self._text[index - 1] == "?"

    def _refuse_properties(self, event: Any, span: Span, path: FieldPath) -> None:
        if event.anchor is not None:
            self._report(codes.ANCHOR, "an anchor is not allowed", span, path,
                         "remove it, or quote the value to mean a text that starts with `&`")
        if event.tag is not None:
            self._report(codes.TAG, "a tag is not allowed", span, path,
                         "remove it, or quote the value to mean a text that starts with `!`")

    def _refuse_escapes(self, value: str, span: Span, path: FieldPath) -> None:
        for flaw in value_flaws(value):
            self._report(flaw.code, flaw.message, span, path, flaw.help)

    def _refuse_duplicate(self, span: Span, path: FieldPath) -> None:
        first = Related("first written here", path, self.key_spans[path])
        self._report(codes.DUPLICATE_KEY, f"the key `{path[-1]}` is written twice", span, path,
                     "keep one of the two", related=(first,))
