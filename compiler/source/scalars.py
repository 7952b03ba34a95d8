"""What a plain scalar means: the core schema of YAML 1.2, and nothing of YAML 1.1.

`no`, `12:30:45` and `2024-01-31` are strings, `012` is twelve, `0o17` is fifteen, `1e3` is a float.
"""

import re

from compiler.records import NamedTuple
from compiler.source.codes import NOT_FINITE, NUMBER_RANGE, SYNTAX

MAX_INTEGER = 2 ** 53

_CONSTANTS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}
_NUMBER_START = frozenset("+-.0123456789")
_FLOAT = r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
_NOT_FINITE = frozenset((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF",
                         ".nan", ".NaN", ".NAN"))


class Refused(NamedTuple):
    """A value that YAML readers do not agree on."""

    code: str
    message: str
    help: str


def resolve(text: str) -> str | int | float | bool | Refused | None:
    """Return the value of a plain scalar."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _NUMBER_START:
        return text
    digits = text[1:] if text[0] in "+-" else text
    if digits.isascii() and digits.isdecimal():
        return _integer(text, digits, 10)
    if re.fullmatch(_FLOAT, text):
        return _float(text)
    if text.startswith("0o") and re.fullmatch("[0-7]+", text[2:]):
        return _integer(text, text[2:], 8)
    if text.startswith("0x") and re.fullmatch("[0-9a-fA-F]+", text[2:]):
        return _integer(text, text[2:], 16)
    if text in _NOT_FINITE:
        return Refused(NOT_FINITE, "this is not a finite number", "write a number, or quote it")
    if text == "-":
        return Refused(SYNTAX, "`-` alone is not a value", "quote it, or write the item behind it")
    return text


def _integer(text: str, digits: str, radix: int) -> int | Refused:
    digits = digits.lstrip("0") or "0"
    # Python itself raises on an integer of more than 4300 digits.
    value = int(digits, radix) if len(digits) <= 20 else MAX_INTEGER + 1
    if value > MAX_INTEGER:
        return Refused(NUMBER_RANGE, "this integer is beyond 2^53, where JSON readers lose digits",
                       "quote it")
    return -value if text[0] == "-" else value


def _float(text: str) -> float | Refused:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        return Refused(NUMBER_RANGE, "this number is too large for a 64-bit float", "quote it")
    if value == 0 and re.search("[1-9]", re.split("[eE]", text)[0]):
        return Refused(NUMBER_RANGE, "this number is too small for a 64-bit float", "write 0, or quote it")
    return value
