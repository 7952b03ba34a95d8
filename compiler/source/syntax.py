"""What the parser's syntax errors mean to a person, and where the mistake most likely is."""

import re

from compiler.diagnostics.diagnostic import Diagnostic, Related
from compiler.records import NamedTuple
from compiler.source import codes
from compiler.source.document import Span
from compiler.source.libyaml import error


class Meaning(NamedTuple):
    """What to say instead of a parser's problem; `at_context` points at where the construct began."""

    problem: str
    message: str
    help: str
    code: str = codes.SYNTAX
    at_context: bool = False


_QUOTE = "quote the value"
_CLOSE = "add the closing quote"
_BACKSLASH = "write `\\\\` for a backslash, or use single quotes"
_NO_DIRECTIVE = "remove the lines that start with `%`"
_INDENT = "check the indentation of this line"
# The first whose words are in the parser's context and problem is taken; the words of both parsers are here.
_MEANINGS = (
    Meaning("scanning an alias", "`*` starts an alias, which is not allowed",
            "quote the value: `\"* * * * *\"`", at_context=True),
    Meaning("scanning an anchor", "`&` starts an anchor, which is not allowed", _QUOTE, at_context=True),
    Meaning("directive", "a directive is not allowed", _NO_DIRECTIVE, codes.DIRECTIVE),
    Meaning("incompatible", "a directive is not allowed", _NO_DIRECTIVE, codes.DIRECTIVE),
    Meaning("tag", "a tag is not allowed",
            "remove it, or quote the value to mean a text that starts with `!`", codes.TAG),
    Meaning("mapping values are not allowed", "`:` is not expected here",
            "quote a value that holds `: `, or check the indentation of this line"),
    Meaning("could not find expected ':'", "expected `:` behind this key",
            "write `key: value`, or indent this line", at_context=True),
    Meaning("sequence entries are not allowed", "a list item is not expected here",
            "start the list on the next line, indented"),
    Meaning("mapping keys are not allowed", "`?` is not expected here", "write `key: value`"),
    Meaning("found unexpected end of stream", "this quote is never closed", _CLOSE, at_context=True),
    Meaning("document separator", "this quote is never closed", _CLOSE, at_context=True),
    Meaning("unexpected document indicator", "this quote is never closed", _CLOSE, at_context=True),
    Meaning("unknown escape character", "`\\` and this character are not an escape", _BACKSLASH),
    Meaning("Unicode character escape", "this escape is not a Unicode character",
            "write the character itself", codes.CHARACTER),
    Meaning("hexdecimal", "expected hexadecimal digits in this escape", _BACKSLASH),
    Meaning("hexadecimal", "expected hexadecimal digits in this escape", _BACKSLASH),
    Meaning("tab character", "a tab cannot indent", "indent with spaces"),
    Meaning("cannot start any token", "a value cannot start with this character", _QUOTE),
    Meaning("']'", "expected `,` or `]` in this list",
            "add what is missing, and check that every `[` is closed"),
    Meaning("'}'", "expected `,` or `}` in this mapping",
            "add what is missing, and check that every `{` is closed"),
    Meaning("node content", "a value is missing here", "write a value, or quote it to mean a text"),
    Meaning("block collection", "expected a list item", "start the line with `- `, or check its indentation"),
    Meaning("block mapping", "expected a key", f"{_INDENT}, and write `''` for a quote in quotes"),
    Meaning("<document start>", "expected the end of the file", _INDENT),
    Meaning("scanning a block scalar", "this is not how a block of text starts",
            "write `|` or `>` and a line break"),
)
# `name:x` is a text, and the parser only stumbles over the next line.
_GLUED_VALUE = re.compile(r"[ -]*[\w.-]+:[^\s:/][^:]*$")
_UNKNOWN = Meaning("", "this is not YAML", "check the indentation, the quotes and the brackets around here")


def explain_syntax(failure: error.YAMLError, text: str, file: str) -> Diagnostic:
    """Return what to tell the author of a file that the parser gave up on."""
    if not isinstance(failure, error.MarkedYAMLError):
        return Diagnostic(codes.SYNTAX, "error", _UNKNOWN.message, (), _UNKNOWN.help, (),
                          Span(file, 1, 1, 1, 1))
    lines = text.split("\n")
    problem = _span(failure.problem_mark, lines, file)
    context = _span(failure.context_mark, lines, file) if failure.context_mark else problem
    words = f"{failure.context or ''} {failure.problem or ''}"
    if "cannot start" in words and _character(problem, lines) == "\t":
        words = "tab character"
    if "mapping values" in words and _lacks_space(problem, lines):
        return _missing_space(problem, lines)
    meaning = next((entry for entry in _MEANINGS if entry.problem in words), _UNKNOWN)
    span, other = (context, problem) if meaning.at_context or _is_end(problem, lines) else (problem, context)
    related = (Related(_relation(span, other), (), other),) if other.line != span.line else ()
    return Diagnostic(meaning.code, "error", meaning.message, (), meaning.help, related, span)


def _lacks_space(problem: Span, lines: list[str]) -> bool:
    return problem.line > 1 and _GLUED_VALUE.match(lines[problem.line - 2]) is not None


def _missing_space(problem: Span, lines: list[str]) -> Diagnostic:
    line = problem.line - 1
    column = lines[line - 1].index(":") + 1
    return Diagnostic(codes.SYNTAX, "error", "expected a space behind `:`", (), "write `key: value`", (),
                      Span(problem.file, line, column, line, column + 1))


def _span(mark: error.Mark | None, lines: list[str], file: str) -> Span:
    if mark is None:
        return Span(file, 1, 1, 1, 1)
    line, column = mark.line, mark.column
    if line > _last(lines):
        line, column = _last(lines), len(lines[_last(lines)].rstrip("\r"))
    return Span(file, line + 1, column + 1, line + 1, column + 2)


def _character(span: Span, lines: list[str]) -> str:
    return lines[span.line - 1][span.column - 1:span.column]


def _last(lines: list[str]) -> int:
    # The end of a file that ends with a line feed is a line that no editor shows.
    return len(lines) - 1 if lines[-1] else max(len(lines) - 2, 0)


def _is_end(span: Span, lines: list[str]) -> bool:
    return span.line - 1 == _last(lines) and not lines[span.line - 1][span.column - 1:].strip()


def _relation(span: Span, other: Span) -> str:
    return "it starts here" if other < span else "noticed here"
