"""The one YAML writer: the same data gives the same bytes, and every reader reads the same data.

Block style, two spaces a level, the order of keys as given, no anchors, no wrapping.  A string is plain only
when no reader of YAML 1.1 or 1.2 could take it for anything else; otherwise it is a JSON string, or a literal
block where that is exact and spares the reader a line of escapes.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

# Starts with a letter or a slash: no number, date, indicator, document marker or directive does.  A colon
# stands only between two of these characters, a space only between two words, and `#` nowhere.
_SAFE = r"[A-Za-z0-9_./@%+=~,-]"
_PLAIN = re.compile(rf"(?=[A-Za-z/]){_SAFE}+(?::{_SAFE}+)*(?: {_SAFE}+(?::{_SAFE}+)*)*")
# What YAML 1.1 takes for a boolean and either version takes for null, in any case of letters.
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))

# Besides what JSON escapes: what is a line break or not printable in YAML 1.1 or 1.2, and what a reviewer
# cannot see (spaces of other widths, joiners, direction marks).  The ranges are spelled out because
# `str.isprintable` follows the Unicode version of the interpreter, and the bytes must not.
_HIDDEN = ("\x7f-\xa0\xad\u061c\u115f\u1160\u1680\u180b-\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
           "\u3000\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff")
_ESCAPED = f'[\x00-\x1f"\\\\{_HIDDEN}]'
_UNREADABLE = f"[\x00-\x09\x0b-\x1f{_HIDDEN}]"
_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

# An implicit key may hold 1,024 characters at most; a longer one is written with `?`.
_LONGEST_KEY = 1000

_Add = Callable[[str], None]


def to_yaml(body: Mapping[str, Any]) -> str:
    """Return body as one YAML document, with a newline at its end.

    Holds dict, list, tuple, str, int, float, bool and None; anything else is a TypeError, a float that is
    not finite or a lone surrogate a ValueError: both are bugs of the caller.
    """
    return _document(body, _Strings())


def to_stream(bodies: Iterable[Mapping[str, Any]]) -> str:
    """Return bodies as the documents of one file, with `---` between them."""
    strings = _Strings()
    return "---\n".join(_document(body, strings) for body in bodies)


class _Strings(dict[str, str]):
    """How each string met so far is written on one line; most strings of a manifest recur."""

    def __missing__(self, text: str) -> str:
        if type(text) is not str:
            raise _not_data(text)
        written = text if _is_plain(text) else f'"{_escaped(text)}"'
        self[text] = written
        return written


def _document(body: Mapping[str, Any], strings: _Strings) -> str:
    parts: list[str] = []
    if body:
        _mapping(parts.append, strings, body, "", "\n")
    return "".join(parts) + "\n" if parts else "{}\n"


def _mapping(add: _Add, strings: _Strings, body: Mapping[str, Any], lead: str, pad: str) -> None:
    """Write the members: lead before the first, pad (a newline and the indent) before the others."""
    for key, value in body.items():
        name = strings[key]
        if len(name) > _LONGEST_KEY:
            name = f"? {name}{pad}"
        if type(value) is str:
            add(f"{lead}{name}: {_string(strings, value, pad)}")
        elif isinstance(value, (dict, list, tuple)) and value:
            add(f"{lead}{name}:")
            _collection(add, strings, value, pad + "  ", pad + "  ")
        else:
            add(f"{lead}{name}: {_other(value)}")
        lead = pad


def _sequence(add: _Add, strings: _Strings, items: Iterable[Any], lead: str, pad: str) -> None:
    for item in items:
        if type(item) is str:
            add(f"{lead}- {_string(strings, item, pad)}")
        elif isinstance(item, (dict, list, tuple)) and item:
            _collection(add, strings, item, f"{lead}- ", pad + "  ")
        else:
            add(f"{lead}- {_other(item)}")
        lead = pad


def _collection(add: _Add, strings: _Strings, value: Any, lead: str, pad: str) -> None:
    kind = type(value)
    if kind is dict:
        _mapping(add, strings, value, lead, pad)
    elif kind is list or kind is tuple:
        _sequence(add, strings, value, lead, pad)
    else:
        raise _not_data(value)


def _other(value: Any) -> str:
    """Return an empty collection, a number, a boolean or a null as it is written."""
    kind = type(value)
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return str(value)
    if kind is float:
        return _float(value)
    if kind is dict:
        return "{}"
    if kind is list or kind is tuple:
        return "[]"
    raise _not_data(value)


def _float(value: float) -> str:
    text = repr(value)
    if text in ("nan", "inf", "-inf"):
        raise ValueError(f"{text} cannot be written: JSON has no such number")
    mantissa, exponent, power = text.partition("e")
    # YAML 1.1 takes `1e-07` for a string: it asks for a point before the exponent.
    return text if not exponent or "." in mantissa else f"{mantissa}.0e{power}"


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and text.lower() not in _WORDS


def _string(strings: _Strings, text: str, pad: str) -> str:
    # Thousands of escapes are in a text of many lines: none of them is made where a block says it.
    if "\n" in text:
        return _literal(text, pad + "  ") or strings[text]
    line = strings[text]
    return _literal(text, pad + "  ") or line if "\\" in line else line


def _literal(text: str, pad: str) -> str | None:
    """Return text as a literal block, each line after pad; None when that is not exact and readable."""
    content = text[:-1] if text.endswith("\n") else text
    if not content or content[0] in " \n" or content[-1] in " \n":
        return None
    if " \n" in content or not _is_readable(content):
        return None
    header = "|-" if content is text else "|"
    if "\n\n" not in content:
        return header + pad + content.replace("\n", pad)
    return header + "".join(pad + line if line else "\n" for line in content.split("\n"))


def _is_readable(content: str) -> bool:
    # Most texts are of ASCII alone, and compiling what the others need takes longer than writing a file.
    if content.isascii():
        return content.replace("\n", "").isprintable()
    return re.search(_UNREADABLE, content) is None


def _escaped(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return re.sub(_ESCAPED, _escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if "\ud800" <= character <= "\udfff":
        raise ValueError("a lone surrogate cannot be written: it is not text")
    return _SHORT.get(character) or f"\\u{ord(character):04x}"


def _not_data(value: object) -> TypeError:
    return TypeError(f"a {type(value).__name__} cannot be written: bodies hold plain data only")
