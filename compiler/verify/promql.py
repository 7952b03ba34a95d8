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
_MATCHER: Final = rf"(?:[A-Za-z_:][\w:.]*\s*(?:=~|!~|!=|=)\s*)?{_TEXT}"
_SELECTOR: Final = re.compile(rf"\s*(?:{_MATCHER}\s*(?:,\s*{_MATCHER}\s*)*,?\s*)?", re.ASCII)

# The actions that our alerts use; no `query`, which reads the whole database from an annotation.
_ACTIONS: Final = re.compile(
    r"""\s*(?:\$value|\$labels\.[A-Za-z_][A-Za-z0-9_]*|\.Value|\.Labels\.[A-Za-z_][A-Za-z0-9_]*
    |printf\s+"%[0-9.]*[fgedsv]%?"\s+\$value)
    (?:\s*\|\s*(?:humanize|humanize1024|humanizePercentage|humanizeDuration|humanizeTimestamp|title|toUpper|toLower
    |printf\s+"%[0-9.]*[fgedsv]%?"))*\s*""", re.VERBOSE)


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
            if mark == "}" and not _SELECTOR.fullmatch(expression, start, match.start()):
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
        if not _ACTIONS.fullmatch(text, position + 2, end):
            return "has a template action that no alert of ours uses"
        position = text.find("{{", end)
    return None
