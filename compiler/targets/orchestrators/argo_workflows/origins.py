"""Which place of the spec caused which place of a WorkflowTemplate."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from compiler.ir.common import Schedule
from compiler.ir.pipeline import Step
from compiler.source.path import FieldPath
from compiler.targets.orchestrators.argo_workflows.run import Run
from compiler.targets.orchestrators.argo_workflows.templates import item_template
from runtime.contract import secret_variable

Origins = Mapping[FieldPath, FieldPath]


def template_origins(run: Run, templates: Sequence[Mapping[str, Any]]) -> Origins:
    """Return the origins of a WorkflowTemplate: deadlines, and for each template those of its step."""
    origins: dict[FieldPath, FieldPath] = {("metadata", "namespace"): run.plan.environment.origin}
    steps = {name: step for step in run.every_step for name in (step.name, item_template(step))}
    for index, template in enumerate(templates):
        if template["name"] in steps:
            origins |= dict(_of_step(steps[template["name"]], template, ("spec", "templates", index)))
    return origins


def schedule_origins(schedule: Schedule) -> Origins:
    """Return the origins of a CronWorkflow."""
    return {("spec", key): schedule.origin for key in ("schedules", "timezone", "suspend")}


def _of_step(step: Step, template: Mapping[str, Any], place: FieldPath) -> Iterator[tuple[FieldPath, FieldPath]]:
    yield place, step.origin
    yield (*place, "retryStrategy"), step.retry.origin
    yield (*place, "tolerations"), step.resources.origin
    container = (*place, "container")
    yield (*container, "image"), step.image_origin
    yield (*container, "resources"), step.resources.origin
    accelerator = step.resources.accelerator
    if accelerator is not None:
        yield (*place, "nodeSelector"), accelerator.origin
        for group in ("requests", "limits"):
            yield (*container, "resources", group, accelerator.resource), accelerator.origin
    for index, variable in enumerate(template.get("container", {}).get("env", ())):
        for secret in step.secrets:
            if variable["name"] == secret_variable(secret.name):
                yield (*container, "env", index), secret.origin
