"""Scaling: how many replicas answer."""

from collections.abc import Iterator

from compiler.change.leaves import arrow
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change

_AT = ("deployment", "scaling")


def scaling(change: Change) -> Iterator[Meaning]:
    """Yield what becomes of the fewest and the most replicas, and of the load that adds one."""
    for key, word in (("minimum", "fewest"), ("maximum", "most")):
        old, new = change.values(*_AT, key)
        if old != new:
            code = f"scaling/{key}-{'lowered' if new < old else 'raised'}"
            yield change.says(
                code, "high" if new < old else "low", f"{word} replicas {arrow(old, new)}", at=(*_AT, key)
            )
    if change.below((*_AT, "target")):
        yield change.says(
            "scaling/target",
            "medium",
            f"load of one replica {arrow(*change.values(*_AT, 'target'))}",
            at=(*_AT, "target"),
        )


FAMILY = Between("scaling", scaling)
