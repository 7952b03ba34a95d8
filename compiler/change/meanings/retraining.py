"""Retraining: whether the next model will be another one, and when that is."""

from collections.abc import Iterator

from compiler.change.leaves import Leaf, shown
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change, Side
from compiler.ir.pipeline import Step
from compiler.source.path import FieldPath

MAKES_A_MODEL = frozenset(("ingest", "features", "tune", "train"))
CAUSES: tuple[FieldPath, ...] = tuple(
    [
        ("training", key)
        for key in ("task", "framework", "algorithm", "entry_point", "parameters", "seed", "tuning", "image")
    ]
    + [("data", key) for key in ("sources", "target", "features", "split")]
)
_OWN = tuple(path for path in CAUSES if path not in (("data", "sources"), ("training", "image")))
_SHOWN = 3
_CARE = frozenset(("classification", "owner", "encryption", "retention", "credentials", "fallback", "layer"))


def retraining(change: Change) -> Iterator[Meaning]:
    """Yield why the next model is another one, and an environment that starts or stops training."""
    before, after = change.before.plan.pipeline, change.after.plan.pipeline
    if before is None or after is None:
        yield from _switched(change)
        return
    if _recipe(change.before) == _recipe(change.after):
        return
    causes = [leaf for leaf in change.below(*CAUSES) if not _is_care(leaf.path)]
    if not causes:
        return
    told = ", ".join(map(_told, causes[:_SHOWN]))
    more = f" and {len(causes) - _SHOWN} more" if len(causes) > _SHOWN else ""
    yield change.says(
        "retraining/retrains",
        "medium",
        f"retrains because {told}{more}; {_when(change.after)}",
        at=causes[0].path,
        explains=_OWN,
    )


def _switched(change: Change) -> Iterator[Meaning]:
    old, new = change.values("training", "enabled")
    if old and not new:
        yield change.says(
            "retraining/stopped",
            "high",
            "training stops in this environment",
            at=("training", "enabled"),
            explains=(("training",), ("data",)),
        )
    elif new and not old:
        yield change.says(
            "retraining/started",
            "medium",
            f"training starts in this environment; {_when(change.after)}",
            at=("training", "enabled"),
        )


def _told(leaf: Leaf) -> str:
    """Return a cause in words; which image it is, the family of images says."""
    return "its image is another one" if leaf.path == ("training", "image") else leaf.words


def _is_care(path: FieldPath) -> bool:
    """Tell whether a place of a data source says how it is kept, not what is in it."""
    return path[:2] == ("data", "sources") and len(path) > 3 and path[3] in _CARE


def _recipe(side: Side) -> tuple[object, ...]:
    pipeline = side.plan.pipeline
    return tuple(_without_care(step) for step in (pipeline.steps if pipeline else ()) if step.program in MAKES_A_MODEL)


def _without_care(step: Step) -> tuple[object, ...]:
    """Return what a step computes with, without the machines, retries and times that it is run with."""
    return step.name, step.program, step.image, step.inputs, dict(step.settings), step.fan_out


def _when(side: Side) -> str:
    pipeline = side.plan.pipeline
    assert pipeline is not None
    if "spec-change" in pipeline.triggers:
        return "the change itself starts a run"
    schedule = pipeline.schedule
    if schedule is None:
        return "once somebody or something starts a run"
    return f"at the next run ({shown(schedule.cron)}{', paused' if schedule.is_paused else ''})"


FAMILY = Between("retraining", retraining)
