"""Text that a terminal, a log or a review can show without obeying it."""

import unicodedata

# Controls, direction and zero-width controls, surrogates, line and paragraph separators, unassigned.
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Cn"})
_FILLERS = "\u115f\u1160\u3164\uffa0"


def visible(text: str) -> str:
    r"""Return text with what controls, hides or reorders written as an escape (`\x1b`, `\u202e`).

    So is `##[`, which some CI systems obey wherever it stands in a line.
    """
    text = text.replace("##[", "#\\x23[")
    if text.isascii() and text.isprintable():
        return text
    return "".join(character if _is_shown(character) else _escaped(character) for character in text)


def width(text: str) -> int:
    """Return how many columns a terminal takes for text."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _is_shown(character: str) -> bool:
    category = unicodedata.category(character)
    return category not in _HIDDEN_CATEGORIES and character not in _FILLERS


def _escaped(character: str) -> str:
    point = ord(character)
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character)
    if named:
        return named
    if point < 0x100:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
