"""Monitors: what is promised, and what would be noticed."""

from collections.abc import Iterator, Mapping
from typing import Any

from compiler.change.aligned import Placed, aligned
from compiler.change.grades import Grade
from compiler.change.leaves import shown
from compiler.change.limits import Looser, judge_limits
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change
from compiler.diagnostics.visible import visible

_LOOSER: Mapping[str, Looser] = {
    "objective": "down",
    "threshold": "up",
    "maximum": "up",
    "minimum": "down",
    "labels_after": "up",
    "columns": "fewer",
}
_GRADES: Mapping[str, Grade] = {"loosened": "high", "tightened": "low", "changed": "medium"}
_LISTS = (
    ("slos", "objective", "name"),
    ("drift", "drift monitor", "kind"),
    ("performance", "performance monitor", "metric"),
)


def monitors(change: Change) -> Iterator[Meaning]:
    """Yield monitoring that is switched, and what becomes of each objective and monitor."""
    old, new = change.values("monitoring", "enabled")
    if old != new:
        yield change.says(
            f"monitors/{'on' if new else 'off'}",
            "low" if new else "critical",
            f"monitoring is switched {'on' if new else 'off'}",
            at=("monitoring", "enabled"),
        )
    for key, what, name in _LISTS:
        yield from _monitors(change, key, what, name)


def _monitors(change: Change, key: str, what: str, name: str) -> Iterator[Meaning]:
    at = ("monitoring", key)
    old, new = change.values(*at)
    sides = aligned(old, new, lambda monitor: monitor[name])
    for one in sides.removed:
        yield change.says("monitors/removed", "critical", f"{what} `{_label(one.item, name)}` removed", at=at)
    for one in sides.added:
        yield change.says(
            "monitors/added", "low", f"{what} `{_label(one.item, name)}` added", at=(*at, one.at), explains=(at,)
        )
    for before, after in sides.kept:
        yield from _monitor(change, at, before, after, f"{what} `{_label(after.item, name)}`")


def _monitor(change: Change, at: tuple[str, str], before: Placed, after: Placed, label: str) -> Iterator[Meaning]:
    for one in judge_limits(before.item, after.item, _LOOSER):
        verdict = one.verdict
        if one.key == "columns":
            verdict = _columns(before.item.get("columns", "all"), after.item.get("columns", "all"), verdict)
        yield change.says(
            f"monitors/{verdict}",
            _GRADES[verdict],
            f"{label} {verdict}: {one.words}",
            at=(*at, after.at, one.key),
            explains=(at,),
        )


def _columns(old: Any, new: Any, verdict: Any) -> Any:
    """Return what became of the watched columns; the word `all` watches more than any list."""
    if new == "all":
        return "tightened"
    return "loosened" if old == "all" else verdict


def _label(monitor: Mapping[str, Any], name: str) -> str:
    return visible(shown(monitor[name]))


FAMILY = Between("monitors", monitors)
