"""What the local runner cannot do is refused by name, before anything starts."""

from pathlib import Path

import pytest
import yaml

from compiler.local.supported import refusals
from compiler.local.workflow import workflow_of
from tests.local.parity.corpus import cases

ROOT = Path(__file__).parents[2]


def refused(template: dict, spec: dict | None = None, *, may_approve: bool = False) -> list[str]:
    body = {"kind": "Workflow", "metadata": {"name": "w"}, "spec": {
        "entrypoint": "main", **(spec or {}), "templates": [{"name": "main", **template}]}}
    return [str(one) for one in refusals(workflow_of([body], template="w", run="w"), may_approve=may_approve)]


LEAF = {"container": {"image": "i", "command": ["true"]}}


@pytest.mark.parametrize(("template", "spec", "message"), [
    pytest.param({"http": {"url": "x"}}, {}, "template main.http: is not supported", id="http"),
    pytest.param({**LEAF, "daemon": True}, {}, "template main.daemon: is not supported", id="daemon"),
    pytest.param({**LEAF, "sidecars": []}, {}, "template main.sidecars: is not supported", id="sidecars"),
    pytest.param({**LEAF, "synchronization": {"mutex": {}}}, {}, "template main.synchronization: ", id="mutex"),
    pytest.param({"container": {"command": ["a"], "envFrom": []}}, {}, "main.container.envFrom", id="environment"),
    pytest.param({"container": {"image": "i"}}, {}, "template main.container: has no command", id="no command"),
    pytest.param({"suspend": {}}, {}, "template main: waits for a person; --approve", id="approval"),
    pytest.param({"container": {"command": ["{{=1 + 1}}"]}}, {}, "expression tags", id="expression tag"),
    pytest.param({"container": {"command": ["{{a.{{b}}}}"]}}, {}, "tags within tags", id="nested tags"),
    pytest.param({**LEAF, "retryStrategy": {"retryPolicy": "OnTransientError"}}, {}, "OnTransientError", id="policy"),
    pytest.param({**LEAF, "retryStrategy": {"expression": "a ?? b"}}, {}, "retryStrategy.expression", id="expression"),
    pytest.param({"dag": {"tasks": [{"name": "a", "template": "main", "depends": "b"}]}}, {}, "is no task", id="task"),
    pytest.param({"dag": {"tasks": [{"name": "a", "template": "main"}, {
        "name": "b", "template": "main", "depends": "a.Done"}]}}, {}, "`a.Done` is no result", id="result"),
    pytest.param(LEAF, {"synchronization": {}}, "spec.synchronization: is not supported", id="of the spec"),
    pytest.param(LEAF, {"volumes": [{"name": "v", "hostPath": {}}]}, "spec.volumes.v.hostPath", id="volume"),
    pytest.param(LEAF, {"entrypoint": "other"}, "spec.entrypoint: there is no template", id="entrypoint"),
])
def test_refused(template, spec, message):
    found = refused(template, spec)
    assert any(message in one for one in found), found


def test_approved():
    assert refused({"suspend": {}}, may_approve=True) == []


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_nothing_of_the_corpus_is_refused(case):
    assert list(refusals(case.workflow, may_approve=False)) == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("generated/*/*/*.yaml")),
                         ids=lambda path: str(path.relative_to(ROOT)))
def test_every_rendered_workflow_can_be_run(path):
    objects = [one for one in yaml.load_all(path.read_text(), Loader=yaml.CSafeLoader) if one]
    for one in objects:
        if one["kind"] in ("Workflow", "WorkflowTemplate"):
            workflow = workflow_of(objects, template=one["metadata"]["name"], run="run")
            assert [str(refusal) for refusal in refusals(workflow, may_approve=False)] == []
