"""The boolean language of `depends`: what it needs, or why it does not parse."""

import re
from typing import Final

from compiler.records import NamedTuple

_TOKEN: Final = re.compile(r"\s*(?:(&&|\|\||[!()])|([A-Za-z0-9][-A-Za-z0-9]*)(?:\.([A-Za-z]+))?)")
RESULTS: Final = frozenset({"Succeeded", "Failed", "Errored", "Skipped", "Omitted", "Daemoned",
                            "AnySucceeded", "AllFailed"})
ITEM_RESULTS: Final = frozenset({"AnySucceeded", "AllFailed"})


class Need(NamedTuple):
    """One task that an expression names, and the result that it asks for; empty for the bare name."""

    task: str
    result: str


class Depends(NamedTuple):
    """What an expression names, and what is wrong with it; empty when it parses."""

    needs: tuple[Need, ...]
    problem: str


def parse_depends(text: str) -> Depends:
    """Return the tasks that an expression names, in their order."""
    tokens, problem = _tokens(text)
    needs = tuple(Need(name, result) for sign, name, result in tokens if not sign)
    unknown = [need.result for need in needs if need.result and need.result not in RESULTS]
    if not problem and unknown:
        problem = f"no task has a result `{unknown[0]}`"
    if not problem:
        rest = _either(tokens)
        problem = "does not parse" if rest is None or rest else ""
    return Depends(needs, problem)


_Token = tuple[str, str, str]


def _tokens(text: str) -> tuple[list[_Token], str]:
    tokens: list[_Token] = []
    position = 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            return tokens, f"has an unexpected `{text[position:].strip()[:1]}`"
        tokens.append((match[1] or "", match[2] or "", match[3] or ""))
        position = match.end()
    return tokens, "" if tokens else "is empty"


# Each of these returns what is left after its part of the grammar, or None.
def _either(tokens: list[_Token]) -> list[_Token] | None:
    rest = _both(tokens)
    while rest and rest[0][0] == "||":
        rest = _both(rest[1:])
    return rest


def _both(tokens: list[_Token]) -> list[_Token] | None:
    rest = _one(tokens)
    while rest and rest[0][0] == "&&":
        rest = _one(rest[1:])
    return rest


def _one(tokens: list[_Token]) -> list[_Token] | None:
    if not tokens:
        return None
    sign, name, _ = tokens[0]
    if sign == "!":
        return _one(tokens[1:])
    if sign == "(":
        rest = _either(tokens[1:])
        return rest[1:] if rest and rest[0][0] == ")" else None
    return tokens[1:] if name else None
