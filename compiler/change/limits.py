"""Limits before and after: looser, tighter, or something else."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from compiler.change.leaves import arrow
from compiler.records import NamedTuple
from compiler.source.path import FieldPath
from compiler.spec.layers import ABSENT
from compiler.spec.units import DURATION_MILLISECONDS, MEMORY_BYTES, memory_bytes, milliseconds

Looser = Literal["down", "up", "fewer", "more", "false", "true"]
"""Which way a limit gets looser: a number down or up, a list with fewer or more items, a switch turned."""
Verdict = Literal["loosened", "tightened", "changed"]
_UNIT = re.compile(r"\d+([A-Za-z]+)")


class Judged(NamedTuple):
    """One limit that differs: its key, what became of it, and the values in words."""

    key: str
    verdict: Verdict
    words: str
    path: FieldPath = ()


def judge_limits(
    old: Mapping[str, Any], new: Mapping[str, Any], looser: Mapping[str, Looser], ignored: frozenset[str] = frozenset()
) -> Iterator[Judged]:
    """Yield every key that differs; one that `looser` does not know is changed."""
    for key in sorted({*old, *new} - ignored):
        before, after = old.get(key, ABSENT), new.get(key, ABSENT)
        if before != after or type(before) is not type(after):
            verdict = judge_limit(before, after, looser[key]) if key in looser else "changed"
            yield Judged(key, verdict, f"{key.replace('_', ' ')} {arrow(before, after, (key,))}", (key,))


def judge_limit(old: Any, new: Any, looser: Looser) -> Verdict:
    """Return what became of one limit; a limit that is gone binds nobody, and a number without a unit is compared."""
    if looser in ("fewer", "more"):
        return _judge_lists(old, new, looser)
    if looser in ("false", "true"):
        # A switch that nobody set is as loose as it can be.
        return "tightened" if new is (looser == "false") else "loosened"
    if old in (ABSENT, None) or new in (ABSENT, None):
        return "loosened" if new in (ABSENT, None) else "tightened"
    before, after = measure(old), measure(new)
    if before is None or after is None or before == after:
        return "changed"
    return "loosened" if (after < before) == (looser == "down") else "tightened"


def measure(value: Any) -> float | None:
    """Return a number, a duration in milliseconds or an amount of memory in bytes; None of anything else."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    match = _UNIT.fullmatch(value) if isinstance(value, str) else None
    if match and match[1] in DURATION_MILLISECONDS:
        return float(milliseconds(value))
    return float(memory_bytes(value)) if match and match[1] in MEMORY_BYTES else None


def _judge_lists(old: Any, new: Any, looser: Looser) -> Verdict:
    if looser == "more" and ABSENT in (old, new):
        return "loosened" if new is ABSENT else "tightened"
    before, after = _items(old), _items(new)
    gone, come = before - after, after - before
    if not gone and not come:
        return "changed"
    if looser == "fewer":
        return "loosened" if gone else "tightened"
    return "loosened" if come else "tightened"


def _items(value: Any) -> frozenset[str]:
    return frozenset(map(repr, value)) if isinstance(value, (list, tuple)) else frozenset()
