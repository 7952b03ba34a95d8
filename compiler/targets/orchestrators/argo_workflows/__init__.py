"""Argo Workflows: what is valid in 3.6, 3.7 and 4.1 alike."""

from collections.abc import Iterator

from compiler.artifact.artifact import Artifact
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.plan import ReleasePlan
from compiler.targets.interface import Target, not_rendered
from compiler.targets.orchestrators.argo_workflows.objects import objects
from compiler.targets.orchestrators.argo_workflows.refusals import foreign_tags, refusals
from compiler.targets.orchestrators.argo_workflows.run import NAME, runs


def render(plan: ReleasePlan) -> Iterator[Artifact | Diagnostic]:
    """Yield the plan file, the WorkflowTemplate and the CronWorkflow of training and of batch prediction."""
    for run in runs(plan):
        refused = tuple(refusals(run))
        if refused:
            yield from refused
            continue
        for manifest in objects(run):
            yield from foreign_tags(manifest)
            yield manifest
    for trigger in plan.pipeline.triggers if plan.pipeline else ():
        yield not_rendered(NAME, f"a run on {trigger}", at=("training", "triggers", f"on_{trigger.replace('-', '_')}"),
                           help="set a schedule, or submit the WorkflowTemplate from what sees the event")


TARGET = Target(NAME, render)
