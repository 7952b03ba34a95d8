"""What a change means, and what of it no meaning accounts for: that is said as well, never left out."""

from collections.abc import Iterator, Sequence

from compiler.change.families import families
from compiler.change.grades import in_mode
from compiler.change.leaves import Leaf
from compiler.change.meaning import Between, Meaning
from compiler.change.objects import ObjectChange
from compiler.change.sides import Change, Pair
from compiler.source.path import FieldPath

INDEX = "index.json"


def meanings_of(pair: Pair, objects: Sequence[ObjectChange]) -> tuple[Meaning, ...]:
    """Return what a pair means, each effect once; nothing if and only if not one byte of its folder differs."""
    if pair.before and pair.after and pair.before.files == pair.after.files:
        return ()
    found: list[Meaning] = []
    change = Change(pair.before, pair.after) if pair.before and pair.after else None
    for family in families():
        if isinstance(family, Between):
            found += family.find(change) if change else ()
        else:
            found += family.find(pair)
    found += _unexplained(change, found) if change else ()
    found += _unnamed(pair, objects, found)
    return tuple(dict.fromkeys(found))


def _unexplained(change: Change, found: Sequence[Meaning]) -> Iterator[Meaning]:
    explained = {path for meaning in found for path in meaning.explains}
    for leaf in change.leaves:
        if not _is_explained(leaf, explained):
            yield change.says("other/setting", "medium", f"no rule says what this means: {leaf.words}", at=leaf.path)


def _is_explained(leaf: Leaf, explained: set[FieldPath]) -> bool:
    return any(leaf.path[:length] in explained for length in range(len(leaf.path) + 1)) or any(
        path[: len(leaf.path)] == leaf.path for path in explained
    )


def _unnamed(pair: Pair, objects: Sequence[ObjectChange], found: Sequence[Meaning]) -> Iterator[Meaning]:
    """Say what remains: objects that differ though nothing above says why, or texts that no object shows."""
    if any(meaning.grade != "none" for meaning in found):
        return
    touched = [one for one in objects if one.action != "unchanged"]
    if touched:
        names = ", ".join(f"{one.kind} `{one.name}`" for one in touched[:3])
        yield Meaning(
            "other/rendered", in_mode("high", pair.mode), f"no rule says why these differ: {names}", touched[0].origin
        )
    elif _differ_beside_the_index(pair):
        yield Meaning("other/rendered", in_mode("high", pair.mode), "files differ though no object does", ())
    else:
        yield Meaning("other/text", "none", "only the index of the folder changes: nothing is meant otherwise", ())


def _differ_beside_the_index(pair: Pair) -> bool:
    sides = [{name: data for name, data in side.files.items() if name != INDEX} for side in pair.sides]
    return len(sides) != 2 or sides[0] != sides[1]
