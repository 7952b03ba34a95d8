"""Hardware: what training and serving run on."""

from collections.abc import Iterator

from compiler.change.leaves import Leaf, arrow
from compiler.change.limits import judge_limit
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change

_PLACES = (("training", "hardware"), ("deployment", "hardware"))


def hardware(change: Change) -> Iterator[Meaning]:
    """Yield what becomes of each amount, of accelerators, and of machines that may be taken away."""
    for place in _PLACES:
        for leaf in change.below(place):
            yield _hardware(change, leaf, "training" if place[0] == "training" else "serving")


def _hardware(change: Change, leaf: Leaf, what: str) -> Meaning:
    key = leaf.path[2]
    said = f"{what}: {'.'.join(map(str, leaf.path[2:]))} {arrow(leaf.old, leaf.new)}"
    if key == "accelerator":
        return change.says("hardware/accelerator", "medium", said, at=leaf.path)
    if key == "spot":
        return change.says("hardware/spot", "high" if what == "serving" else "medium", said, at=leaf.path)
    is_less = judge_limit(_amount(leaf.old), _amount(leaf.new), "down") == "loosened"
    return change.says(f"hardware/{'less' if is_less else 'more'}", "medium", said, at=leaf.path)


def _amount(value: object) -> object:
    return (
        float(value[:-1]) / 1000 if isinstance(value, str) and value.endswith("m") and value[:-1].isdigit() else value
    )


FAMILY = Between("hardware", hardware)
