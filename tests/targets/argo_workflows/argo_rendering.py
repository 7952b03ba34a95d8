"""What a test asks of rendered Argo objects."""

from collections.abc import Mapping
from typing import Any

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.plan import ReleasePlan
from compiler.targets.orchestrators.argo_workflows import TARGET
from tests.targets.plans import full, pipeline, step


def manifests(plan: ReleasePlan) -> tuple[Manifest, ...]:
    """Return the objects of a plan, all of which can be rendered."""
    rendered = tuple(TARGET.render(plan))
    assert [item for item in rendered if not isinstance(item, Manifest)] == []
    return tuple(item for item in rendered if isinstance(item, Manifest))


def refusals(plan: ReleasePlan) -> list[Diagnostic]:
    return [item for item in TARGET.render(plan) if isinstance(item, Diagnostic)]


def found(plan: ReleasePlan, kind: str, concern: str = "pipeline") -> Manifest:
    [manifest] = [each for each in manifests(plan) if each.identity[1] == kind and each.concern == concern]
    return manifest


def templates(plan: ReleasePlan) -> Mapping[str, Any]:
    """Return the templates of the pipeline by name."""
    return {template["name"]: template for template in found(plan, "WorkflowTemplate").body["spec"]["templates"]}


def tasks(plan: ReleasePlan) -> Mapping[str, Any]:
    """Return the tasks of the pipeline by name."""
    return {task["name"]: task for task in templates(plan)["main"]["dag"]["tasks"]}


def with_step(which: str, /, **changes: Any) -> ReleasePlan:
    """Return the full plan with one step of the pipeline changed."""
    steps = tuple(each._replace(**changes) if each.program == which else each for each in pipeline().steps)
    return full()._replace(pipeline=pipeline()._replace(steps=steps))


def with_exit(**changes: Any) -> ReleasePlan:
    return full()._replace(pipeline=pipeline()._replace(at_exit=step("notify", **changes)))
