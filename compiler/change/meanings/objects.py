"""Objects that go: what is deleted from a cluster takes its state with it."""

from collections.abc import Iterator

from compiler.change.grades import GRADES, Grade, in_mode
from compiler.change.meaning import Edge, Meaning
from compiler.change.objects import ObjectChange, deleted_objects
from compiler.change.sides import Pair

_NAMED = 4
_GRADES: dict[str, Grade] = {
    "InferenceService": "critical",
    "Namespace": "critical",
    "Application": "critical",
    "CronWorkflow": "high",
    "PrometheusRule": "high",
    "NetworkPolicy": "high",
}


def objects(pair: Pair) -> Iterator[Meaning]:
    """Yield the objects that the later revision no longer renders, the gravest first."""
    gone = [*deleted_objects(pair)]
    if not gone:
        return
    gone.sort(key=lambda one: (-GRADES.index(_grade(one)), one.kind, one.name))
    named = ", ".join(f"{one.kind} `{one.name}`" for one in gone[:_NAMED])
    more = f" and {len(gone) - _NAMED} more" if len(gone) > _NAMED else ""
    yield Meaning("objects/deleted", in_mode(_grade(gone[0]), pair.mode), f"deletes {named}{more}", gone[0].origin)


def _grade(one: ObjectChange) -> Grade:
    return _GRADES.get(one.kind, "medium")


FAMILY = Edge("objects", objects)
