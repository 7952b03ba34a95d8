"""Signing: whether a model must prove where it was made."""

from collections.abc import Iterator

from compiler.change.leaves import arrow
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change

_LEVELS = ("off", "optional", "required")


def signing(change: Change) -> Iterator[Meaning]:
    """Yield what becomes of signatures and of the key that makes them."""
    old, new = change.values("model", "signing")
    if old != new:
        is_weaker = _LEVELS.index(new) < _LEVELS.index(old)
        yield change.says(
            f"signing/{'weakened' if is_weaker else 'strengthened'}",
            "critical" if is_weaker else "low",
            f"signatures {arrow(old, new)}",
            at=("model", "signing"),
        )
    if change.below(("model", "signing_key")):
        yield change.says(
            "signing/key",
            "high",
            f"models are signed with another key: {arrow(*change.values('model', 'signing_key'))}",
            at=("model", "signing_key"),
        )


FAMILY = Between("signing", signing)
