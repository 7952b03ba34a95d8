"""A first look at PromQL and at alert templates: what is broken, or was not written by us.

This is a scanner, no parser: promtool judges the grammar in CI. What it finds is what user
text does to an expression when it gets in: open quotes, unbalanced brackets, bare matchers.
"""

import re
from typing import Final

_CLOSERS: Final = {")": "(", "]": "[", "}": "{"}
_TEXT: Final = r"""(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)"""
# What is between these cannot open or close anything.
_LANDMARK: Final = re.compile(_TEXT + r"""|["'`]|\#[^\n]*|[()\[\]{}]""")
_MATCHER: Final = re.compile(rf"\s*(?:[A-Za-z_:][\w:.]*\s*(?:=~|!~|!=|=)\s*)?{_TEXT}\s*(,?)\s*", re.ASCII)

# What our alerts show, and how; no `query`, which reads the whole database from an annotation.
_VALUES: Final = frozenset(("$value", ".Value"))
_LABELS: Final = ("$labels.", ".Labels.")
_FILTERS: Final = frozenset(("humanize", "humanize1024", "humanizePercentage", "humanizeDuration", "humanizeTimestamp",
                             "title", "toUpper", "toLower"))
_PRINTF: Final = r'printf\s+"%[0-9.]*[fgedsv]%?"'


def promql_problem(expression: str) -> str | None:
    """Return what is wrong with an expression, or None."""
    opened: list[tuple[str, int]] = []
    for match in _LANDMARK.finditer(expression):
        mark = match[0]
        if mark in ("\"", "'", "`"):
            return "has a quote that is not closed"
        if mark in ("(", "[", "{"):
            opened.append((mark, match.end()))
        elif mark in _CLOSERS:
            if not opened or opened[-1][0] != _CLOSERS[mark]:
                return f"has a `{mark}` that closes nothing"
            _, start = opened.pop()
            if mark == "}" and not _is_selector(expression, start, match.start()):
                return "has a selector that is no list of `name=\"value\"`"
    if opened:
        return f"has a `{opened[-1][0]}` that is not closed"
    return None if expression.strip() else "is empty"


def template_problem(text: str) -> str | None:
    """Return what is wrong with the template of a label or an annotation, or None.

    Only the actions that show the value and the labels of the alert are known; any other
    one came from outside.
    """
    position = text.find("{{")
    while position >= 0:
        end = text.find("}}", position)
        if end < 0:
            return "has a `{{` that is not closed"
        if not _is_action(text[position + 2:end]):
            return "has a template action that no alert of ours uses"
        position = text.find("{{", end)
    return None


def _is_selector(expression: str, start: int, end: int) -> bool:
    has_more = True
    while has_more and expression[start:end].strip():
        matcher = _MATCHER.match(expression, start, end)
        if matcher is None:
            return False
        has_more, start = bool(matcher[1]), matcher.end()
    return start == end or has_more


def _is_action(action: str) -> bool:
    shown, *filters = map(str.strip, action.split("|"))
    return _is_shown(shown) and all(one in _FILTERS or re.fullmatch(_PRINTF, one) for one in filters)


def _is_shown(value: str) -> bool:
    if value.startswith(_LABELS):
        label = value.partition("abels.")[2]
        return label.isascii() and label.isidentifier()
    return value in _VALUES or re.fullmatch(rf"{_PRINTF}\s+\$value", value) is not None
