"""Fairness: whether groups of people are still treated alike, and whether anyone still measures it."""

from collections.abc import Iterator

from compiler.change.meaning import Between, Meaning
from compiler.change.meanings.gates import FAIRNESS, of_gates
from compiler.change.sides import Change

_PEOPLE = ("metadata", "scores_people")


def fairness(change: Change) -> Iterator[Meaning]:
    """Yield what becomes of fairness gates, and a model that no longer says it decides about people."""
    yield from of_gates(change, "fairness", lambda gate: gate["kind"] == FAIRNESS)
    old, new = change.values(*_PEOPLE)
    if old and not new:
        yield change.says(
            "fairness/denied",
            "critical",
            "the model is no longer said to decide about people: fairness is not asked for",
            at=_PEOPLE,
        )
    elif new and not old:
        yield change.says("fairness/acknowledged", "low", "the model is said to decide about people", at=_PEOPLE)


FAMILY = Between("fairness", fairness)
