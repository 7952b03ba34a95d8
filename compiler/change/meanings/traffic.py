"""Traffic: how requests move to a new model, and what stops them."""

from collections.abc import Iterator
from itertools import zip_longest

from compiler.change.aligned import aligned
from compiler.change.leaves import arrow, leaves, shown
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change

STRATEGY = ("deployment", "strategy")


def traffic(change: Change) -> Iterator[Meaning]:
    """Yield what becomes of the strategy, its steps, its analyses and what happens on failure."""
    old, new = change.values(*STRATEGY)
    if old == new:
        return
    if old["kind"] != new["kind"]:
        yield change.says(
            "traffic/strategy",
            "high",
            f"a new model takes over by {arrow(old['kind'], new['kind'])}",
            at=(*STRATEGY, "kind"),
            explains=(STRATEGY,),
        )
        return
    yield from _steps(change)
    yield from _analysis(change)
    if old.get("on_failure", "rollback") != new.get("on_failure", "rollback"):
        yield change.says(
            "traffic/on-failure",
            "high",
            f"on failure {arrow(old.get('on_failure', 'rollback'), new.get('on_failure', 'rollback'))}",
            at=(*STRATEGY, "on_failure"),
        )
    for leaf in leaves(old, new):
        if leaf.path[0] not in ("steps", "analysis", "on_failure"):
            yield change.says(
                "traffic/setting",
                "high",
                f"traffic: {leaf._replace(path=(*STRATEGY, *leaf.path)).words}",
                at=(*STRATEGY, *leaf.path),
            )


def _steps(change: Change) -> Iterator[Meaning]:
    old, new = (side or () for side in change.values(*STRATEGY, "steps"))
    for index, (before, after) in enumerate(zip_longest(old, new)):
        if before == after:
            continue
        at = (*STRATEGY, "steps", min(index, len(new) - 1))
        if before is None or after is None:
            there = after or before
            what = "added" if before is None else "removed"
            said = f"traffic step {index + 1} {what}: {shown(there['weight'])} %"
        elif before["weight"] != after["weight"]:
            said = f"traffic {shown(before['weight'])} -> {shown(after['weight'])} % in step {index + 1}"
        else:
            said = f"traffic stays at {shown(after['weight'])} % for {arrow(before.get('hold'), after.get('hold'))}"
        yield change.says("traffic/steps", "high", said, at=at, explains=((*STRATEGY, "steps"),))


def _analysis(change: Change) -> Iterator[Meaning]:
    path = (*STRATEGY, "analysis")
    old, new = (side or () for side in change.values(*path))
    sides = aligned(old, new, lambda entry: entry.get("slo") or entry.get("metric"))
    for one in sides.removed:
        yield change.says(
            "traffic/unwatched", "critical", f"traffic moves without watching {_watched(one.item)}", at=path
        )
    for one in sides.added:
        yield change.says(
            "traffic/watched",
            "low",
            f"traffic moves only while {_watched(one.item)} is good",
            at=(*path, one.at),
            explains=(path,),
        )
    for before, after in sides.kept:
        if before.item != after.item:
            said = arrow(before.item.get("maximum"), after.item.get("maximum"))
            yield change.says(
                "traffic/analysis",
                "high",
                f"traffic moves while {_watched(after.item)} is at most {said}",
                at=(*path, after.at),
                explains=(path,),
            )


def _watched(entry: dict[str, str]) -> str:
    return f"`{shown(entry.get('slo') or entry.get('metric'))}`"


FAMILY = Between("traffic", traffic)
