"""Network: who can reach the model."""

from collections.abc import Iterator

from compiler.change.leaves import arrow
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change

_PUBLIC = ("deployment", "public")
_OPENINGS = (
    (("platform", "cluster", "gateway_namespace"), "requests come"),
    (("platform", "prometheus", "namespace"), "metrics are read"),
)


def network(change: Change) -> Iterator[Meaning]:
    """Yield exposure to the outside, and another namespace that is let in."""
    old, new = change.values(*_PUBLIC)
    if old != new:
        yield change.says(
            f"network/{'opened' if new else 'closed'}",
            "critical" if new else "high",
            "callers outside the cluster are let in" if new else "callers outside the cluster are kept out",
            at=_PUBLIC,
        )
    for path, what in _OPENINGS:
        if change.below(path):
            yield change.says(
                "network/source", "high", f"{what} from namespace {arrow(*change.values(*path))}", at=path
            )


FAMILY = Between("network", network)
