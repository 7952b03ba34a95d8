"""Identity: whose project it is and how much depends on it."""

from collections.abc import Iterator

from compiler.change.grades import TIERS
from compiler.change.leaves import arrow
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change


def identity(change: Change) -> Iterator[Meaning]:
    """Yield another owner, another tier, another description."""
    if change.below(("metadata", "team")):
        yield change.says(
            "identity/owner", "high", f"owner {arrow(*change.values('metadata', 'team'))}", at=("metadata", "team")
        )
    old, new = change.values("metadata", "tier")
    if old != new:
        is_less = TIERS.index(new) < TIERS.index(old)
        yield change.says(
            f"identity/tier-{'lowered' if is_less else 'raised'}",
            "critical" if is_less else "medium",
            f"tier {arrow(old, new)}: defaults and policies follow it",
            at=("metadata", "tier"),
        )
    if change.below(("metadata", "description")):
        yield change.says(
            "identity/description", "low", "the description is another one", at=("metadata", "description")
        )


FAMILY = Between("identity", identity)
