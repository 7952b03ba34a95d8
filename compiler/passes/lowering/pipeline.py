"""The training pipeline of a plan."""

from typing import Literal

from compiler.ir.common import Schedule
from compiler.ir.pipeline import Pipeline, Step
from compiler.kinds.gating import lower_gates
from compiler.kinds.interface import KindOf
from compiler.kinds.naming import full_name
from compiler.kinds.steps import AT_EXIT, STEP_ORDER
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds

TRIGGERS = ("training", "triggers")


def lower_pipeline(project: ResolvedProject, kind_of: KindOf) -> Pipeline | None:
    """Return the pipeline; None in an environment that does not train."""
    training = project.spec["training"]
    if not training["enabled"]:
        return None
    lowered = (_step(project, kind_of, name) for name in STEP_ORDER)
    return Pipeline(
        name=full_name(project, "training"),
        steps=tuple(step for step in lowered if step is not None),
        at_exit=_step(project, kind_of, AT_EXIT),
        gates=lower_gates(project, kind_of),
        schedule=_schedule(project),
        timeout_seconds=seconds(training["timeout"]),
        origin=("training",),
        triggers=_triggers(project),
    )


def _step(project: ResolvedProject, kind_of: KindOf, name: str) -> Step | None:
    step: Step | None = kind_of("steps", name).lower(project, kind_of)
    return step


def _schedule(project: ResolvedProject) -> Schedule | None:
    triggers = project.spec["training"]["triggers"]
    if "schedule" not in triggers:
        return None
    return Schedule(triggers["schedule"], triggers["timezone"], project.mode == "development", (*TRIGGERS, "schedule"))


def _triggers(project: ResolvedProject) -> tuple[Literal["data", "drift", "spec-change"], ...]:
    triggers = project.spec["training"]["triggers"]
    said: tuple[tuple[Literal["data", "drift", "spec-change"], bool], ...] = (
        ("data", triggers["on_data"]), ("drift", triggers["on_drift"]), ("spec-change", triggers["on_spec_change"]))
    return tuple(name for name, is_on in said if is_on)
