"""Gates: what a model must pass before anyone is served by it."""

from collections.abc import Iterator, Mapping
from typing import Any

from compiler.change.aligned import Placed, aligned
from compiler.change.grades import Grade
from compiler.change.limits import Looser, judge_limits
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change
from compiler.diagnostics.visible import visible

GATES = ("validation", "gates")
LOOSER: Mapping[str, Looser] = {
    "minimum": "down",
    "maximum": "up",
    "minimum_improvement": "down",
    "checks": "fewer",
    "groups": "fewer",
}
FAIRNESS = "fairness"
_MODES = ("off", "warn", "block")
_GRADES: Mapping[str, Grade] = {"loosened": "high", "tightened": "low", "changed": "high"}


def gates(change: Change) -> Iterator[Meaning]:
    """Yield what becomes of each gate, and of what all of them are measured on."""
    yield from of_gates(change, "gates", lambda gate: gate["kind"] != FAIRNESS)
    if change.below(("validation", "dataset")):
        yield change.says(
            "gates/dataset",
            "high",
            f"gates are measured on other rows: {_said(change, 'dataset')}",
            at=("validation", "dataset"),
        )
    if change.below(("validation", "metrics")):
        yield change.says(
            "gates/metrics",
            "low",
            f"metrics beside the gates: {_said(change, 'metrics')}",
            at=("validation", "metrics"),
        )
    old, new = change.values("data", "minimum_group_size")
    if old != new:
        verdict = "loosened" if new > old else "tightened"
        yield change.says(
            f"gates/{verdict}",
            _GRADES[verdict],
            f"groups under {new} rows are not judged, before {old}",
            at=("data", "minimum_group_size"),
        )


def of_gates(change: Change, family: str, is_ours: Any) -> Iterator[Meaning]:
    """Yield what becomes of the gates that a family answers for."""
    old, new = change.values(*GATES)
    sides = aligned([gate for gate in old if is_ours(gate)], [gate for gate in new if is_ours(gate)], _key)
    where = [index for index, gate in enumerate(new) if is_ours(gate)]
    for one in sides.removed:
        code = "dropped" if family == FAIRNESS else "removed"
        yield change.says(f"{family}/{code}", "critical", f"gate `{name_of(one.item)}` {code}", at=GATES)
    for one in sides.added:
        yield change.says(
            f"{family}/added", "low", f"gate `{name_of(one.item)}` added", at=(*GATES, where[one.at]), explains=(GATES,)
        )
    for before, after in sides.kept:
        yield from _kept(change, family, before, after._replace(at=where[after.at]))


def _kept(change: Change, family: str, before: Placed, after: Placed) -> Iterator[Meaning]:
    at, name = (*GATES, after.at), name_of(after.item)
    for one in judge_limits(before.item, after.item, LOOSER, frozenset(("mode",))):
        yield change.says(
            f"{family}/{one.verdict}",
            _GRADES[one.verdict],
            f"gate `{name}` {one.verdict}: {one.words}",
            at=(*at, one.key),
            explains=(GATES,),
        )
    old, new = (_MODES.index(side.item.get("mode", "block")) for side in (before, after))
    if old != new:
        verdict = "weakened" if new < old else "strengthened"
        grade: Grade = "critical" if _MODES[new] == "off" else "high" if new < old else "low"
        yield change.says(
            f"{family}/{verdict}",
            grade,
            f"gate `{name}` {verdict}: mode {_MODES[old]} -> {_MODES[new]}",
            at=(*at, "mode"),
            explains=(GATES,),
        )


def _key(gate: Mapping[str, Any]) -> tuple[Any, ...]:
    if "name" in gate:
        return ("name", gate["name"])
    return (gate["kind"], *(gate.get(key) for key in ("metric", "by", "percentile")))


def name_of(gate: Mapping[str, Any]) -> str:
    """Return what a gate is called in a review: its name, or its kind and what it measures."""
    words = (
        [gate["name"]]
        if "name" in gate
        else [gate["kind"], *(str(gate[key]) for key in ("metric", "by", "percentile") if key in gate)]
    )
    return visible(" ".join(words[1:] if words[0] == "metric" and len(words) > 1 else words))


def _said(change: Change, key: str) -> str:
    from compiler.change.leaves import arrow

    return arrow(*change.values("validation", key))


FAMILY = Between("gates", gates)
