"""A good plan, and how a mistake in it is described."""

import copy
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.unit.verify.project import IMAGE, Body, body


def good_plan() -> list[Body]:
    """Return a WorkflowTemplate with a DAG and steps, and a CronWorkflow that starts it."""
    make = {
        "name": "make",
        "inputs": {
            "parameters": [{"name": "size"}, {"name": "mode", "value": "a", "enum": ["a", "b"]}],
            "artifacts": [{"name": "rows", "path": "/in/rows"}],
        },
        "outputs": {
            "parameters": [{"name": "count", "valueFrom": {"path": "/tmp/count"}}],
            "artifacts": [{"name": "rows", "path": "/tmp/rows"}],
        },
        "container": {
            "image": IMAGE,
            "args": ["{{inputs.parameters.size}}"],
            "volumeMounts": [{"name": "scratch", "mountPath": "/scratch"}],
        },
    }
    first = {
        "name": "first",
        "outputs": {
            "artifacts": [{"name": "rows", "path": "/tmp/rows"}],
            "parameters": [{"name": "size", "valueFrom": {"path": "/tmp/size"}}],
        },
        "script": {"image": IMAGE, "command": ["sh"], "source": "echo 1"},
    }
    plain = {"name": "plain", "container": {"image": IMAGE}}
    tasks = [
        {"name": "first", "template": "first"},
        {
            "name": "make",
            "template": "make",
            "depends": "first.Succeeded",
            "arguments": {
                "parameters": [{"name": "size", "value": "{{tasks.first.outputs.parameters.size}}"}],
                "artifacts": [{"name": "rows", "from": "{{tasks.first.outputs.artifacts.rows}}"}],
            },
        },
        {"name": "beside", "template": "plain", "depends": "first"},
        {"name": "each", "template": "plain", "depends": "make && beside", "withItems": ["a", "b"]},
    ]
    steps = [
        [{"name": "one", "template": "first"}],
        [
            {
                "name": "two",
                "template": "make",
                "arguments": {
                    "parameters": [{"name": "size", "value": "{{steps.one.outputs.parameters.size}}"}],
                    "artifacts": [{"name": "rows", "from": "{{steps.one.outputs.artifacts.rows}}"}],
                },
            }
        ],
    ]
    # `size` comes from outside where the template is called, so that each mistake stands alone.
    spec = {
        "entrypoint": "main",
        "onExit": "plain",
        "arguments": {"parameters": [{"name": "seed", "value": "1"}]},
        "volumes": [{"name": "scratch", "emptyDir": {}}],
        "templates": [{"name": "main", "dag": {"tasks": tasks}}, {"name": "walk", "steps": steps}, make, first, plain],
    }
    cron = {
        "schedules": ["0 3 * * *"],
        "timezone": "Etc/UTC",
        "workflowSpec": {
            "workflowTemplateRef": {"name": "plan"},
            "arguments": {"parameters": [{"name": "seed", "value": "2"}]},
        },
    }
    return [
        body("argoproj.io/v1alpha1", "WorkflowTemplate", "plan", spec=spec),
        body("argoproj.io/v1alpha1", "CronWorkflow", "plan", spec=cron),
    ]


class Plan(NamedTuple):
    """The parts of a good plan that a mistake changes."""

    template: Body
    cron: Body

    @property
    def spec(self) -> Body:
        return self.template["spec"]

    def templates(self, name: str) -> Body:
        return next(item for item in self.spec["templates"] if item["name"] == name)

    def task(self, name: str) -> Body:
        return next(item for item in self.templates("main")["dag"]["tasks"] if item["name"] == name)


class Mistake(NamedTuple):
    """A sentence, the change that makes it true, the code; whether `argo lint` refuses it too."""

    sentence: str
    change: Callable[[Plan], Any]
    code: str
    argo_refuses: bool = True


def broken_plan(mistake: Mistake) -> list[Body]:
    """Return a good plan with one mistake in it."""
    template, cron = copy.deepcopy(good_plan())
    mistake.change(Plan(template, cron))
    return [template, cron]
