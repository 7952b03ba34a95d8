"""Patterns of schemas, which are RE2's, as Python's `re` can run them."""

import re
from typing import Final

_ASCII_CLASSES: Final = {
    "alnum": "0-9A-Za-z", "alpha": "A-Za-z", "digit": "0-9", "lower": "a-z", "upper": "A-Z",
    "space": r"\t\n\v\f\r ", "word": r"\w", "xdigit": "0-9A-Fa-f", "blank": r"\t ",
}
_cache: dict[str, re.Pattern[str]] = {}


def compiled(pattern: str) -> re.Pattern[str]:
    """Return pattern ready to `search`; raise re.error when Python cannot express it."""
    known = _cache.get(pattern)
    if known is None:
        known = _cache[pattern] = re.compile(rewritten(pattern), re.ASCII)
    return known


def is_expressible(pattern: str) -> bool:
    """Tell whether `compiled` knows what the pattern means."""
    try:
        compiled(pattern)
    except re.error:
        return False
    return True


def rewritten(pattern: str) -> str:
    r"""Return an RE2 pattern in the words of `re`.

    `$` and `\z` become `\Z` (Python's `$` also matches before a last line feed), POSIX
    classes become ranges, and a flag in mid-pattern holds to the end of its group.
    """
    out: list[str] = []
    flags: list[list[str]] = [[]]
    position = 0
    while position < len(pattern):
        char = pattern[position]
        if char == "\\":
            out.append(r"\Z" if pattern[position:position + 2] == r"\z" else pattern[position:position + 2])
            position += 2
        elif char == "[":
            position = _copy_class(pattern, position, out)
        elif flag := re.match(r"\(\?([ims]+)\)", pattern[position:]):
            out.append(f"(?{flag[1]}:")
            flags[-1].append(out[-1])
            position += flag.end()
        else:
            _copy_plain(char, out, flags)
            position += 1
    return "".join(out) + ")" * len(flags[0])


def _copy_plain(char: str, out: list[str], flags: list[list[str]]) -> None:
    """Append one character; flags holds, for each open group, the flag groups that were opened in it."""
    if char == "(":
        flags.append([])
    elif char == ")" and len(flags) > 1:
        out.append(")" * len(flags.pop()))
    elif char == "|" and flags[-1]:
        # A flag holds in the alternatives after it too, but must not pull them into its group.
        out.append(")" * len(flags[-1]) + "|" + "".join(flags[-1]))
        return
    out.append(r"\Z" if char == "$" else char)


def _copy_class(pattern: str, start: int, out: list[str]) -> int:
    """Append the bracket expression that begins at start; return the place after it."""
    position = start + 1
    out.append("[")
    if pattern[position:position + 1] == "^":
        out.append("^")
        position += 1
    first = True
    while position < len(pattern) and (first or pattern[position] != "]"):
        named = re.match(r"\[:([a-z]+):\]", pattern[position:])
        if named and named[1] in _ASCII_CLASSES:
            out.append(_ASCII_CLASSES[named[1]])
            position += named.end()
        elif pattern[position] == "\\":
            out.append(pattern[position:position + 2])
            position += 2
        else:
            # Python warns of a bare bracket in a class, and keeps it for set operations.
            out.append("\\" + pattern[position] if pattern[position] in "[&~|" else pattern[position])
            position += 1
        first = False
    out.append("]")
    return position + 1
