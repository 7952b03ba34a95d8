"""The DAG templates: which step follows which, what passes between them, what runs for each item."""

from typing import Any

from compiler.ir.pipeline import Input, Step
from compiler.targets.orchestrators.argo_workflows.run import Run
from compiler.targets.orchestrators.argo_workflows.templates import ITEM, item_template
from runtime.contract import VERDICT_PASS

ENTRYPOINT = "main"


def main_template(run: Run) -> dict[str, Any]:
    """Return the template that runs every step in its turn."""
    return {"name": ENTRYPOINT, "dag": {"tasks": [_task(run, step) for step in run.steps]}}


def fan_out_template(step: Step) -> dict[str, Any]:
    """Return the template that runs the items of a step and gathers their results.

    Argo limits the children of a template, not those of a task: the items need one of their own.
    """
    assert step.fan_out is not None
    passed = [{"name": given.name, "from": f"{{{{inputs.artifacts.{given.name}}}}}"} for given in step.inputs]
    task = {"name": ITEM, "template": item_template(step), "withItems": list(step.fan_out.items),
            "arguments": {"parameters": [{"name": ITEM, "value": "{{item}}"}]}
            | ({"artifacts": passed} if passed else {})}
    inputs = {"inputs": {"artifacts": [{"name": given.name} for given in step.inputs]}} if step.inputs else {}
    return {"name": step.name, **inputs,
            "outputs": {"parameters": [
                {"name": "result", "valueFrom": {"parameter": f"{{{{tasks.{ITEM}.outputs.parameters.result}}}}"}}]},
            "parallelism": step.fan_out.parallelism, "dag": {"tasks": [task]}}


def _task(run: Run, step: Step) -> dict[str, Any]:
    names = dict.fromkeys((*step.after, *((step.only_if,) if step.only_if else ())))
    task: dict[str, Any] = {"name": step.name, "template": step.name}
    if names:
        # `A` alone would be content with a step that was skipped, and go on behind a gate that said no.
        task["depends"] = " && ".join(f"{name}.Succeeded" for name in names)
    if step.only_if:
        task["when"] = f"{{{{tasks.{step.only_if}.outputs.parameters.verdict}}}} == {VERDICT_PASS}"
    if step.inputs:
        task["arguments"] = {"artifacts": [_argument(run, given) for given in step.inputs]}
    return task


def _argument(run: Run, given: Input) -> dict[str, Any]:
    if any(step.name == given.step and step.fan_out for step in run.steps):
        # The results hold numbers alone, so that nothing in them is evaluated a second time.
        return {"name": given.name, "raw": {"data": f"{{{{tasks.{given.step}.outputs.parameters.result}}}}"}}
    return {"name": given.name, "from": f"{{{{tasks.{given.step}.outputs.artifacts.{given.output}}}}}"}
