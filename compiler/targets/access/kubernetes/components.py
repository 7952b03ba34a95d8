"""Which kinds of pods a plan has; the word is in their labels and in the name of their account."""

from collections.abc import Iterator

from compiler.ir.common import Resources
from compiler.ir.pipeline import Step
from compiler.ir.plan import ReleasePlan
from compiler.source.path import FieldPath


def run_components(plan: ReleasePlan) -> tuple[str, ...]:
    """Return the components that an orchestrator runs."""
    return (*(("training",) if plan.pipeline is not None else ()), *(("batch",) if plan.batch is not None else ()),
            *(("drift",) if plan.watch is not None else ()))


def steps(plan: ReleasePlan) -> Iterator[Step]:
    """Yield every step that an orchestrator runs."""
    if plan.pipeline is not None:
        yield from plan.pipeline.steps
        if plan.pipeline.at_exit is not None:
            yield plan.pipeline.at_exit
    if plan.batch is not None:
        yield plan.batch.step
    if plan.watch is not None:
        yield from plan.watch.steps


def all_resources(plan: ReleasePlan) -> Iterator[Resources]:
    """Yield what each container of the plan gets."""
    for step in steps(plan):
        yield step.resources
    if plan.service is not None:
        yield plan.service.resources


def accelerator_resources(plan: ReleasePlan) -> dict[str, FieldPath]:
    """Return the extended resources that the plan asks for, each with the first place that does."""
    found: dict[str, FieldPath] = {}
    for wanted in all_resources(plan):
        if wanted.accelerator is not None:
            found.setdefault(wanted.accelerator.resource, wanted.accelerator.origin)
    return found
