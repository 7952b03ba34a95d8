"""Serving: whether anyone is answered, by what, and where batch predictions go."""

from collections.abc import Iterator

from compiler.change.leaves import arrow
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change

_TOOL = ("deployment", "serving")


def serving(change: Change) -> Iterator[Meaning]:
    """Yield serving that starts, stops or moves."""
    old, new = change.values("deployment", "enabled")
    if old != new:
        yield change.says(
            f"serving/{'started' if new else 'stopped'}",
            "high" if new else "critical",
            f"serving {'starts' if new else 'stops'} in this environment",
            at=("deployment", "enabled"),
        )
    old, new = change.values("deployment", "kind")
    if old != new:
        yield change.says(
            "serving/kind", "critical", f"predictions are made {arrow(old, new)}", at=("deployment", "kind")
        )
    old, new = change.values(*_TOOL)
    if old != new:
        is_tool = old.get("with") != new.get("with")
        yield change.says(
            f"serving/{'tool' if is_tool else 'setting'}",
            "critical" if is_tool else "high",
            f"served with {arrow(old, new)}",
            at=_TOOL,
        )
    if change.below(("deployment", "batch", "output")):
        yield change.says(
            "serving/output",
            "high",
            f"batch predictions go to {arrow(*change.values('deployment', 'batch', 'output'))}",
            at=("deployment", "batch", "output"),
        )


FAMILY = Between("serving", serving)
