"""Small boolean expressions: `when`, `depends`, and the conditions of retries and hooks.

One grammar serves the three languages of Argo, as far as they are supported: `||`, `&&`, `!`, comparisons,
brackets, texts in quotes, numbers, names. What a name stands for is said by the caller.
"""

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

Lookup = Callable[[str], Any]

_TOKENS = re.compile(r"""\s*(?:
    (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
  | (?P<number>\d+(?:\.\d+)?(?![\w.]))
  | (?P<operator>\|\||&&|==|!=|<=|>=|[<>!()])
  | (?P<name>[A-Za-z_][\w.]*)
)""", re.VERBOSE)
_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_CASTS: Mapping[str, Callable[[Any], Any]] = {"asInt": int, "asFloat": float, "int": int, "float": float, "string": str}


class ExpressionError(Exception):
    """The expression is not one of the supported language, or compares what cannot be compared."""


def evaluate(text: str, lookup: Lookup) -> bool:
    """Return whether the expression holds."""
    value = _Reader(text, lookup).whole()
    if not isinstance(value, bool):
        raise ExpressionError(f"`{text}` is {value!r}, expected true or false")
    return value


class _Reader:
    """Reads and evaluates in one go, from left to right."""

    def __init__(self, text: str, lookup: Lookup) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._lookup = lookup

    def whole(self) -> Any:
        value = self._either()
        if self._tokens:
            raise self._unexpected()
        return value

    def _either(self) -> Any:
        value = self._both()
        while self._takes("||"):
            value = self._truth(value) | self._truth(self._both())
        return value

    def _both(self) -> Any:
        value = self._comparison()
        while self._takes("&&"):
            value = self._truth(value) & self._truth(self._comparison())
        return value

    def _comparison(self) -> Any:
        left = self._term()
        while self._tokens and self._tokens[0][1] in _COMPARISONS and self._tokens[0][0] == "operator":
            compare = self._tokens.pop(0)[1]
            left = self._compared(compare, left, self._term())
        return left

    def _term(self) -> Any:
        if self._takes("!"):
            return not self._truth(self._term())
        if self._takes("("):
            return self._closed(self._either())
        if not self._tokens or self._tokens[0][0] == "operator":
            raise self._unexpected()
        kind, text = self._tokens.pop(0)
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", text[1:-1])
        if kind == "number":
            return float(text)
        if text in ("true", "false"):
            return text == "true"
        if text in _CASTS and self._takes("("):
            return self._cast(text, self._closed(self._either()))
        return self._lookup(text)

    def _closed(self, value: Any) -> Any:
        if not self._takes(")"):
            raise self._unexpected()
        return value

    def _cast(self, name: str, value: Any) -> Any:
        try:
            return _CASTS[name](value) if name == "string" else float(_CASTS[name](value))
        except (TypeError, ValueError):
            raise ExpressionError(f"`{self._text}`: {value!r} is no number") from None

    def _compared(self, name: str, left: Any, right: Any) -> bool:
        try:
            return _COMPARISONS[name](left, right)
        except TypeError:
            raise ExpressionError(f"`{self._text}`: {left!r} and {right!r} cannot be compared") from None

    def _truth(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ExpressionError(f"`{self._text}`: {value!r} is neither true nor false")
        return value

    def _takes(self, symbol: str) -> bool:
        if self._tokens and self._tokens[0] == ("operator", symbol):
            self._tokens.pop(0)
            return True
        return False

    def _unexpected(self) -> ExpressionError:
        met = f"`{self._tokens[0][1]}`" if self._tokens else "its end"
        return ExpressionError(f"`{self._text}` is no expression of the supported language: unexpected {met}")


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    position = 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKENS.match(text, position)
        if match is None or match.lastgroup is None:
            raise ExpressionError(f"`{text}` is no expression of the supported language: "
                                  f"`{text[position:position + 12].strip()}` is not understood")
        found.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    return found
