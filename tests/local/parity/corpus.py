"""The small workflows that both run, each with what its pods do.

A case has `main`, the entry template; further `templates`; what else is in its `spec`; and `outcomes`: what a
pod does, by the name of its node without that of the workflow. A pod that is not named there succeeds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from compiler.local.workflow import Workflow, workflow_of

NAMESPACE = "parity"
FOLDER = Path(__file__).parent / "corpus"
EXAMPLE = Path(__file__).parents[3] / "generated" / "dev" / "employment" / "pipeline.yaml"
IMAGE = "none:1"
LEAVES = (
    {"name": "work", "container": {}},
    {"name": "take", "inputs": {"parameters": [{"name": "word"}]},
     "container": {"args": ["{{inputs.parameters.word}}"]}},
    {"name": "say", "container": {}, "outputs": {"parameters": [{"name": "out", "valueFrom": {"path": "/work/out"}}]}},
    {"name": "print", "script": {"source": "print()", "command": ["python"]}},
)
LIBRARY = {
    "apiVersion": "argoproj.io/v1alpha1", "kind": "WorkflowTemplate",
    "metadata": {"name": "library", "namespace": NAMESPACE},
    "spec": {"templates": [
        {"name": "flow", "dag": {"tasks": [
            {"name": "x", "template": "leaf"}, {"name": "y", "template": "leaf", "depends": "x"}]}},
        {"name": "leaf", "container": {"image": IMAGE, "command": ["work"]}}]},
}


@dataclass(frozen=True)
class Case:
    """One workflow, what its pods do, and the objects that it refers to."""

    name: str
    body: Mapping[str, Any]
    outcomes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    objects: tuple[Mapping[str, Any], ...] = (LIBRARY,)

    @property
    def workflow(self) -> Workflow:
        """Return the workflow as our runner takes it."""
        return workflow_of([*self.objects, self.body], template=self.name, run=self.name)

    def outcome(self, node: str) -> Mapping[str, Any]:
        """Return what the pod of a node does."""
        return self.outcomes.get(node.removeprefix(self.name), {})


@cache
def cases() -> tuple[Case, ...]:
    """Return every case: those of the corpus, and the training workflow of an example."""
    return (*(case for path in sorted(FOLDER.glob("*.yaml")) for case in _cases(path)), *_examples())


def _cases(path: Path) -> Iterator[Case]:
    for body in yaml.safe_load_all(path.read_text()):
        templates = [{"name": "main", **body["main"]}, *LEAVES, *body.get("templates", ())]
        yield Case(body["name"], _workflow(body["name"], {
            "entrypoint": "main", **body.get("spec", {}), "templates": [_whole(one) for one in templates]}),
            body.get("outcomes", {}))


def _workflow(name: str, spec: Mapping[str, Any]) -> dict[str, Any]:
    return {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow",
            "metadata": {"name": name, "namespace": NAMESPACE}, "spec": spec}


def _whole(template: Mapping[str, Any]) -> dict[str, Any]:
    """Return a template with the image and command that the cluster asks for."""
    whole = dict(template)
    for kind in ("container", "script"):
        if kind in whole:
            whole[kind] = {"image": IMAGE, "command": ["work"], **whole[kind]}
    return whole


def _examples() -> Iterator[Case]:
    """Yield the training workflow of an example as it is rendered: accepted, stopped by its gates, interrupted."""
    template = next(one for one in yaml.safe_load_all(EXAMPLE.read_text()) if one["kind"] == "WorkflowTemplate")
    template = {**template, "metadata": {**template["metadata"], "namespace": NAMESPACE}}
    for one in template["spec"]["templates"]:
        # The only change: the controller waits in real time before it finds that there is no next attempt.
        if "backoff" in one.get("retryStrategy", {}):
            one["retryStrategy"]["backoff"]["duration"] = "1s"
    reference = {"workflowTemplateRef": {"name": template["metadata"]["name"]}}
    verdicts = {"passes": "pass", "stops": "stop"}
    for word, verdict in verdicts.items():
        yield Case(f"training-{word}", _workflow(f"training-{word}", reference),
                   _outputs(template, verdict), (template,))
    yield Case("training-refused", _workflow("training-refused", reference),
               {**_outputs(template, "pass"), ".validate(0)": {"exit": 1}}, (template,))


def _outputs(template: Mapping[str, Any], verdict: str) -> dict[str, dict[str, Any]]:
    """Return, for each step, outputs that satisfy what its template declares."""
    found = {}
    for one in template["spec"]["templates"]:
        outputs = one.get("outputs", {})
        parameters = {parameter["name"]: verdict if parameter["name"] == "verdict" else "{}"
                      for parameter in outputs.get("parameters", ())}
        artifacts = [artifact["name"] for artifact in outputs.get("artifacts", ())]
        for suffix in (f".{one['name']}(0)", f".{one['name']}", ".onExit(0)" if one["name"] == "notify" else ""):
            if suffix:
                found[suffix] = {"parameters": parameters, "artifacts": artifacts}
    return found
