"""The front door: bytes to a document, or to everything that is wrong with them."""

from collections.abc import Iterator
from itertools import islice

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.source import codes
from compiler.source.characters import flaws
from compiler.source.codes import UNSAFE
from compiler.source.compose import MAX_PROBLEMS, Composer, Stopped
from compiler.source.document import Document, Span
from compiler.source.libyaml import HAS_LIBYAML, error, open_parser
from compiler.source.strict import Layout

__all__ = ["HAS_LIBYAML", "MAX_BYTES", "UNSAFE", "read", "readable_text"]

MAX_BYTES = 1024 * 1024

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "UTF-8"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


def read(text: bytes, file: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Read one YAML 1.2 document; return it, or None and every problem that can be told at once.

    A file without content is a document whose data is None. The problems carry their spans.
    """
    refusal = _refuse_bytes(text, file)
    if refusal is not None:
        return None, (refusal,)
    decoded = text.decode()
    problems = tuple(islice(_refuse_characters(decoded, file), MAX_PROBLEMS))
    if problems:
        return None, _limited(problems)
    return _parse(decoded, file)


def readable_text(text: bytes) -> str:
    """Return what a printer may show of bytes that `read` refused or took."""
    return text[:MAX_BYTES].decode("utf-8", "replace")


def _parse(text: str, file: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    composer = Composer(open_parser(_finished(text)), text, file)
    problems = composer.problems
    try:
        data = composer.compose()
    except Stopped:
        return None, _limited(tuple(problems))
    except error.YAMLError as failure:
        from compiler.source.syntax import explain_syntax
        return None, (*problems, explain_syntax(failure, text, file))
    if not problems:
        layout = Layout(text, file, composer.spans, composer.key_spans)
        problems.extend(islice(layout.problems(), MAX_PROBLEMS))
    if problems:
        return None, _limited(tuple(problems))
    return Document(file, text, data, composer.spans, composer.key_spans), ()


def _finished(text: str) -> str:
    # Without its line feed, libyaml drops a blank last line of a block of text.
    return text + "\n" if text.endswith((" ", "\t")) and not text[text.rfind("\n") + 1:].strip() else text


def _refuse_bytes(text: bytes, file: str) -> Diagnostic | None:
    if len(text) > MAX_BYTES:
        return _refusal(codes.TOO_LARGE, f"the file is larger than {MAX_BYTES} bytes",
                        Span(file, 1, 1, 1, 1), "split it, and keep data out of it")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if text.startswith(mark):
            return _refusal(codes.BYTE_ORDER_MARK, f"the file starts with a byte order mark of {encoding}",
                            Span(file, 1, 1, 1, 1), "save it as UTF-8 without a byte order mark")
    try:
        text.decode()
    except UnicodeDecodeError as failure:
        before = text[:failure.start].decode()
        return _refusal(codes.NOT_UTF8, f"byte 0x{text[failure.start]:02x} is not UTF-8",
                        _place(before, len(before), 1, file), "save the file as UTF-8")
    return None


def _refuse_characters(text: str, file: str) -> Iterator[Diagnostic]:
    for flaw in flaws(text):
        yield _refusal(flaw.code, flaw.message, _place(text, flaw.offset, flaw.length, file), flaw.help)


def _refusal(code: str, message: str, span: Span, help: str) -> Diagnostic:
    return Diagnostic(code, "error", message, (), help, (), span)


def _place(text: str, offset: int, length: int, file: str) -> Span:
    line = text.count("\n", 0, offset) + 1
    column = min(offset, len(text)) - (text.rfind("\n", 0, offset) + 1) + 1
    return Span(file, line, column, line, column + length)


def _limited(problems: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    if len(problems) < MAX_PROBLEMS:
        return problems
    last = problems[-1].span
    assert last is not None
    end = _refusal(codes.TOO_MANY_PROBLEMS, f"reading stopped after {MAX_PROBLEMS} problems", last,
                   "mend these first")
    return (*problems, end)
