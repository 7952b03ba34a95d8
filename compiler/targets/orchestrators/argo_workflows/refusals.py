"""What Argo Workflows cannot say, and what must not reach its template engine."""

from collections.abc import Iterator
from typing import Any

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.pipeline import Step
from compiler.source.path import FieldPath
from compiler.targets.interface import unsupported
from compiler.targets.orchestrators.argo_workflows.run import GATES, NAME, Run

_OURS = (("container", "args"), ("container", "env"), ("dag", "tasks"), ("outputs", "parameters"))
"""Where, in a template, we write tags ourselves."""


def refusals(run: Run) -> Iterator[Diagnostic]:
    """Yield what cannot be rendered as the plan asks for it."""
    seen: set[str] = set()
    for step in run.every_step:
        if step.distribution is not None and step.distribution.nodes > 1:
            yield unsupported(NAME, f"`{step.name}` on {step.distribution.nodes} nodes with {step.distribution.tool}",
                              at=step.distribution.origin,
                              help="use one node, with as many accelerators as it has")
        if step.program in seen:
            # The plan file holds one object of settings for each program.
            yield unsupported(NAME, f"a second step that runs `{step.program}`", at=step.origin)
        seen.add(step.program)
    fans = {step.name for step in run.steps if step.fan_out is not None}
    for step in run.steps:
        if step.only_if in fans:
            yield unsupported(NAME, f"`{step.name}` on the verdict of `{step.only_if}`, which has one for each item",
                              at=step.origin)
    if run.at_exit is not None and _needs_others(run.at_exit):
        yield unsupported(NAME, "a step at exit that depends on other steps", at=run.at_exit.origin)
    if run.gates and GATES not in seen:
        yield unsupported(NAME, "gates without a step that judges them", at=run.gates[0].origin)


def _needs_others(step: Step) -> bool:
    return bool(step.inputs or step.after or step.only_if or step.fan_out)


def foreign_tags(manifest: Manifest) -> Iterator[Diagnostic]:
    """Yield a refusal of every `{{` that is not ours: Argo would evaluate it when the workflow runs.

    A ConfigMap is no template: what it holds reaches the runtime as it is.
    """
    if manifest.body["kind"] == "ConfigMap":
        return
    places: list[FieldPath] = []
    _collect_tagged(manifest.body, (), places)
    for place in places:
        if not _is_ours(place):
            yield unsupported(NAME, "text with `{{`, which it would evaluate", at=manifest.cause(place))


def _is_ours(place: FieldPath) -> bool:
    return place[:2] == ("spec", "templates") and place[3:5] in _OURS


def _collect_tagged(value: Any, place: FieldPath, places: list[FieldPath]) -> None:
    """Add to places those with a tag; a list, since a generator for each node costs more than the rendering."""
    if isinstance(value, str):
        if "{{" in value:
            places.append(place)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if "{{" in key:
                places.append((*place, key))
            # Most members are plain words: no call, and no place, for those.
            if type(inner) is not str or "{{" in inner:
                _collect_tagged(inner, (*place, key), places)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if type(inner) is not str or "{{" in inner:
                _collect_tagged(inner, (*place, index), places)
