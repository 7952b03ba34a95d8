"""Promotion: which models may come to an environment, and who has to agree."""

from collections.abc import Iterator

from compiler.change.grades import MODES
from compiler.change.leaves import arrow
from compiler.change.limits import judge_limit
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change


def promotion(change: Change) -> Iterator[Meaning]:
    """Yield another chain, fewer approvals, a shorter soak, and an environment that is held to other rules."""
    old, new = change.values("environment", "mode")
    if old != new:
        is_less = MODES.index(new) < MODES.index(old)
        yield change.says(
            f"promotion/{'rules-weakened' if is_less else 'rules-strengthened'}",
            "critical" if is_less else "medium",
            f"mode {arrow(old, new)}",
            at=("environment", "mode"),
        )
    old, new = change.values("environment", "promotes_from")
    if old != new:
        yield change.says(
            "promotion/chain", "high", f"models come from {arrow(old, new)}", at=("environment", "promotes_from")
        )
    for key, what in (("approvals", "approvals of a promotion"), ("soak", "soak before a promotion")):
        old, new = change.values("environment", key)
        if old != new:
            is_less = judge_limit(old, new, "down") == "loosened"
            yield change.says(
                f"promotion/{key}-{'lowered' if is_less else 'raised'}",
                "high" if is_less else "low",
                f"{what} {arrow(old, new)}",
                at=("environment", key),
            )


FAMILY = Between("promotion", promotion)
