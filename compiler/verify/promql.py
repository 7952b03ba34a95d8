"""A first look at PromQL and at alert templates: what is broken, or was not written by us.

This is a scanner, no parser: promtool judges the grammar in CI. What it finds is what user
text does to an expression when it gets in: open quotes, unbalanced brackets, bare matchers.
"""

import re
from typing import Final

_CLOSERS: Final = {")": "(", "]": "[", "}": "{"}
_TOKEN: Final = re.compile(r"""
    (?P<text>"(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | `[^`]*`)
  | (?P<quote>["'`]) | (?P<comment>\#[^\n]*) | (?P<bracket>[()\[\]{}])
  | (?P<operator>=~|!~|!=|==|<=|>=|=|!|,)
  | (?P<word>[A-Za-z_:][A-Za-z0-9_:.]*) | (?P<number>[0-9][0-9A-Za-z_.]*) | (?P<space>\s+) | (?P<other>.)
""", re.VERBOSE | re.ASCII)
_MATCHERS: Final = ("=", "!=", "=~", "!~")

# The actions that our alerts use; no `query`, which reads the whole database from an annotation.
_ACTIONS: Final = re.compile(
    r"""\s*(?:\$value|\$labels\.[A-Za-z_][A-Za-z0-9_]*|\.Value|\.Labels\.[A-Za-z_][A-Za-z0-9_]*
    |printf\s+"%[0-9.]*[fgedsv]%?"\s+\$value)
    (?:\s*\|\s*(?:humanize|humanize1024|humanizePercentage|humanizeDuration|humanizeTimestamp|title|toUpper|toLower
    |printf\s+"%[0-9.]*[fgedsv]%?"))*\s*""", re.VERBOSE)


def promql_problem(expression: str) -> str | None:
    """Return what is wrong with an expression, or None."""
    open_brackets: list[str] = []
    tokens: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(expression):
        kind = match.lastgroup or "other"
        token = match[0]
        if kind == "quote":
            return "has a quote that is not closed"
        if kind in ("space", "comment"):
            continue
        if token in _CLOSERS and kind == "bracket":
            if not open_brackets or open_brackets.pop() != _CLOSERS[token]:
                return f"has a `{token}` that closes nothing"
        elif kind == "bracket":
            open_brackets.append(token)
        elif "{" in open_brackets[-1:]:
            tokens.append((kind, token))
        if token == "}" and kind == "bracket":
            if not _are_matchers(tokens):
                return "has a selector that is no list of `name=\"value\"`"
            tokens = []
    if open_brackets:
        return f"has a `{open_brackets[-1]}` that is not closed"
    return None if expression.strip() else "is empty"


def _are_matchers(tokens: list[tuple[str, str]]) -> bool:
    """Tell whether the tokens between two braces are matchers with commas between them."""
    position = 0
    while position < len(tokens):
        name, operator, value = (*tokens[position:position + 3], *[("", "")] * 3)[:3]
        if name[0] == "text" and operator[1] in ("", ","):
            position += 1
        elif name[0] == "word" and operator[1] in _MATCHERS and value[0] == "text":
            position += 3
        else:
            return False
        if position < len(tokens):
            if tokens[position][1] != ",":
                return False
            position += 1
    return True


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
