"""Data: contracts that break, grow or loosen, and sources that move."""

from collections.abc import Iterator, Mapping
from typing import Any

from compiler.change.aligned import aligned
from compiler.change.grades import Grade
from compiler.change.leaves import arrow, leaves, shown
from compiler.change.limits import Looser, judge_limits
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change
from compiler.diagnostics.visible import visible
from compiler.source.path import FieldPath

SOURCES = ("data", "sources")
_CLASSES = ("public", "internal", "pii", "phi")
_CONTRACT: Mapping[str, Looser] = {"freshness": "up", "minimum_rows": "down", "maximum_quarantined": "up"}
_COLUMN: Mapping[str, Looser] = {
    "minimum": "down",
    "maximum": "up",
    "nullable": "true",
    "unique": "false",
    "allowed": "more",
}
_CLASSIFIED: Mapping[bool, tuple[str, Grade]] = {True: ("declassified", "high"), False: ("classified", "low")}
_PROTECTED: Mapping[bool, tuple[str, Grade]] = {True: ("protected", "medium"), False: ("unprotected", "critical")}
_GRADES: Mapping[str, Grade] = {"loosened": "high", "tightened": "medium", "changed": "medium"}
_SETTINGS: Mapping[str, Grade] = {
    "uri": "high",
    "credentials": "high",
    "encryption": "high",
    "retention": "medium",
    "owner": "low",
    "fallback": "medium",
}


def data(change: Change) -> Iterator[Meaning]:
    """Yield what becomes of each source, of its contract, and of the column that is predicted."""
    old, new = change.values(*SOURCES)
    sides = aligned(old, new, lambda source: source["name"])
    for one in sides.removed:
        yield change.says("data/source-removed", "high", f"source `{visible(one.item['name'])}` removed", at=SOURCES)
    for one in sides.added:
        yield change.says(
            "data/source-added",
            "medium",
            f"source `{visible(one.item['name'])}` added: {shown(one.item['uri'])}",
            at=(*SOURCES, one.at),
            explains=(SOURCES,),
        )
    if [before.at for before, _ in sides.kept] != sorted(before.at for before, _ in sides.kept):
        yield change.says(
            "data/examples", "high", f"the table of examples is another one: {shown(new[0]['name'])}", at=SOURCES
        )
    for before, after in sides.kept:
        yield from _source(change, before.item, after.item, (*SOURCES, after.at))
    if change.below(("data", "target")):
        yield change.says(
            "data/schema-breaks",
            "high",
            f"another column is predicted: {arrow(*change.values('data', 'target'))}",
            at=("data", "target"),
        )


def _source(change: Change, old: Mapping[str, Any], new: Mapping[str, Any], at: FieldPath) -> Iterator[Meaning]:
    name = visible(new["name"])
    known = {"contract", "classification"}
    for key in sorted({*old, *new} - known):
        if old.get(key) != new.get(key):
            code = "moved" if key == "uri" else "source-setting"
            differing = [leaf for leaf in leaves(old, new) if leaf.path[0] == key]
            said = ", ".join(
                f"{'.'.join(map(str, leaf.path))} {arrow(leaf.old, leaf.new, leaf.path)}" for leaf in differing
            )
            yield change.says(
                f"data/{code}",
                _SETTINGS.get(key, "medium"),
                f"source `{name}`: {visible(said)}",
                at=(*at, key),
                explains=(SOURCES,),
            )
    before, after = _CLASSES.index(old["classification"]), _CLASSES.index(new["classification"])
    if before != after:
        code, grade = _CLASSIFIED[after < before]
        yield change.says(
            f"data/{code}",
            grade,
            f"source `{name}` is {_CLASSES[after]} data, before {_CLASSES[before]}",
            at=(*at, "classification"),
            explains=(SOURCES,),
        )
    yield from _contract(change, name, old.get("contract", {}), new.get("contract", {}), (*at, "contract"))


def _contract(
    change: Change, name: str, old: Mapping[str, Any], new: Mapping[str, Any], at: FieldPath
) -> Iterator[Meaning]:
    for one in judge_limits(old, new, _CONTRACT, frozenset(("columns", "rules"))):
        yield change.says(
            f"data/contract-{one.verdict}",
            _GRADES[one.verdict],
            f"contract of `{name}` {one.verdict}: {one.words}",
            at=(*at, one.key),
            explains=(SOURCES,),
        )
    rules = aligned(old.get("rules", ()), new.get("rules", ()), lambda rule: rule["name"])
    for gone in rules.removed:
        yield change.says(
            "data/contract-loosened",
            "high",
            f"rule `{visible(gone.item['name'])}` of `{name}` removed",
            at=at,
            explains=(SOURCES,),
        )
    for come in rules.added:
        yield change.says(
            "data/contract-tightened",
            "medium",
            f"rule `{visible(come.item['name'])}` of `{name}` added",
            at=at,
            explains=(SOURCES,),
        )
    for was, now in rules.kept:
        if was.item != now.item:
            said = arrow(was.item["assert"], now.item["assert"])
            yield change.says(
                "data/contract-changed",
                "medium",
                f"rule `{visible(now.item['name'])}` of `{name}`: {said}",
                at=(*at, "rules", now.at),
                explains=(SOURCES,),
            )
    yield from _columns(change, name, old.get("columns", {}), new.get("columns", {}), (*at, "columns"))


def _columns(
    change: Change, source: str, old: Mapping[str, Any], new: Mapping[str, Any], at: FieldPath
) -> Iterator[Meaning]:
    for column in sorted({*old, *new}):
        label = f"column `{visible(column)}` of `{source}`"
        if column not in new:
            yield change.says(
                "data/schema-breaks", "high", f"schema breaks: {label} removed", at=at, explains=(SOURCES,)
            )
        elif column not in old:
            yield change.says(
                "data/schema-grows",
                "medium",
                f"{label} added: {shown(new[column]['type'])}",
                at=(*at, column),
                explains=(SOURCES,),
            )
        else:
            yield from _column(change, label, old[column], new[column], (*at, column))


def _column(
    change: Change, label: str, old: Mapping[str, Any], new: Mapping[str, Any], at: FieldPath
) -> Iterator[Meaning]:
    for one in judge_limits(old, new, _COLUMN):
        place = (*at, one.key)
        if one.key == "type":
            yield change.says(
                "data/schema-breaks", "high", f"schema breaks: {label}: {one.words}", at=place, explains=(SOURCES,)
            )
        elif one.key == "protected":
            code, grade = _PROTECTED[bool(new.get("protected"))]
            yield change.says(
                f"data/{code}",
                grade,
                f"{label} is {'' if new.get('protected') else 'no longer '}a protected "
                "attribute",
                at=place,
                explains=(SOURCES,),
            )
        elif one.key == "description":
            yield change.says("data/described", "low", f"{label} is described otherwise", at=place, explains=(SOURCES,))
        else:
            yield change.says(
                f"data/contract-{one.verdict}",
                _GRADES[one.verdict],
                f"{label} {one.verdict}: {one.words}",
                at=place,
                explains=(SOURCES,),
            )


FAMILY = Between("data", data)
