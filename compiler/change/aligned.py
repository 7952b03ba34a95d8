"""Two lists of named things side by side: which came, which went, which stayed under one name."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from compiler.records import NamedTuple


class Placed(NamedTuple):
    """An item and its place in the list."""

    at: int
    item: Any


class Aligned(NamedTuple):
    """What came, what went, and what stayed with both its items."""

    added: tuple[Placed, ...]
    removed: tuple[Placed, ...]
    kept: tuple[tuple[Placed, Placed], ...]


def aligned(old: Sequence[Any], new: Sequence[Any], name: Callable[[Any], Hashable]) -> Aligned:
    """Return two lists side by side; the second item of one name is another thing than the first."""
    before, after = _named(old, name), _named(new, name)
    return Aligned(
        tuple(after[key] for key in after if key not in before),
        tuple(before[key] for key in before if key not in after),
        tuple((before[key], after[key]) for key in after if key in before),
    )


def _named(items: Sequence[Any], name: Callable[[Any], Hashable]) -> dict[Hashable, Placed]:
    seen: Counter[Hashable] = Counter()
    named: dict[Hashable, Placed] = {}
    for index, item in enumerate(items):
        key = name(item)
        named[key, seen[key]] = Placed(index, item)
        seen[key] += 1
    return named
