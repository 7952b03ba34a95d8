"""Argo calls: what is called exists, and gets what it needs and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.verify.argo import (
    Call,
    Library,
    Template,
    Workflow,
    artifacts,
    calls_of,
    handlers_of,
    has_location,
    is_elsewhere,
    library,
    parameters,
)
from compiler.verify.finding import broken

ENTRYPOINT = "verify/argo-entrypoint"
UNKNOWN_TEMPLATE = "verify/argo-unknown-template"
UNKNOWN_WORKFLOW_TEMPLATE = "verify/argo-unknown-workflow-template"
TEMPLATES_BESIDE_REF = "verify/argo-templates-beside-reference"
MISSING_ARGUMENT = "verify/argo-missing-argument"
UNKNOWN_ARGUMENT = "verify/argo-unknown-argument"
ARGUMENT = "verify/argo-argument"
HOOK = "verify/argo-hook"


def calls(manifests: Sequence[Manifest]) -> Iterator[Diagnostic]:
    """Yield what is wrong between the callers of templates and the templates."""
    known = library(manifests)
    for workflow in known.workflows:
        yield from _start(workflow, known)
        for call in handlers_of(workflow.place, workflow.spec):
            yield from _call(workflow, call, known)
        for template in workflow.templates:
            for call in calls_of(template):
                yield from _call(workflow, call, known)
                for handler in handlers_of(call.place, call.body):
                    yield from _call(workflow, handler, known)


def _start(workflow: Workflow, known: Library) -> Iterator[Diagnostic]:
    """Check how a workflow begins: its entrypoint, its reference, the values of its arguments."""
    manifest, place, spec = workflow.manifest, workflow.place, workflow.spec
    has_reference = "workflowTemplateRef" in spec
    home = known.referred(workflow)
    if has_reference and "templates" in spec:
        yield broken(TEMPLATES_BESIDE_REF, manifest, (*place, "templates"), "Argo takes no `templates` beside a "
                     "`workflowTemplateRef`")
    if home is None:
        if not is_elsewhere(spec):
            yield broken(UNKNOWN_WORKFLOW_TEMPLATE, manifest, (*place, "workflowTemplateRef", "name"),
                         f"the project has no WorkflowTemplate `{spec['workflowTemplateRef']['name']}`")
        return
    entrypoint = spec.get("entrypoint") or home.spec.get("entrypoint")
    runs = manifest.identity[1] != "WorkflowTemplate"
    if entrypoint is None:
        if runs:
            yield broken(ENTRYPOINT, manifest, place, "has no `entrypoint`")
        return
    template = home.find(entrypoint)
    if template is None:
        yield broken(ENTRYPOINT, manifest, (*place, "entrypoint"), f"no template is called `{entrypoint}`")
    elif runs:
        yield from _start_values(workflow, home, template)


def _start_values(workflow: Workflow, home: Workflow, template: Template) -> Iterator[Diagnostic]:
    """Check that every argument of a workflow that runs has a value, its own or its template's."""
    place = (*workflow.place, "arguments")
    given = _values(parameters(workflow.spec, "arguments"))
    offered = _values(parameters(home.spec, "arguments"))
    for name in sorted({**offered, **given}):
        if not any(_has_value(members.get(name, {})) for members in (given, offered)):
            yield broken(MISSING_ARGUMENT, workflow.manifest, place, f"parameter `{name}` has no value")
    if home is not workflow:
        for name in sorted(given.keys() - offered.keys()):
            yield broken(UNKNOWN_ARGUMENT, workflow.manifest, place,
                         f"WorkflowTemplate `{home.manifest.identity[3]}` has no parameter `{name}`")
    for parameter in parameters(template.body, "inputs"):
        if parameter["name"] not in {**offered, **given} and not _has_value(parameter):
            yield broken(MISSING_ARGUMENT, workflow.manifest, place,
                         f"the entrypoint `{template.name}` needs a value for `{parameter['name']}`")


def _values(members: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {member["name"]: member for member in members}


def _has_value(parameter: Mapping[str, Any]) -> bool:
    return any(key in parameter for key in ("value", "default", "valueFrom"))


def _call(workflow: Workflow, call: Call, known: Library) -> Iterator[Diagnostic]:
    if call.kind == "hook" and call.place[-1] != "exit" and "expression" not in call.body:
        yield broken(HOOK, workflow.manifest, call.place, "has no `expression`, which only the hook `exit` may lack")
    yield from _arguments(workflow, call)
    if is_elsewhere(call.body) or is_elsewhere(workflow.spec):
        return
    template = known.resolve(workflow, call)
    if template is not None:
        # Argo passes the arguments of the workflow to its exit handler.
        passed = call.body if call.kind != "exit handler" else workflow.spec
        yield from _supplied(workflow, call, passed, template)
        return
    reference = call.body.get("templateRef")
    if reference is None:
        yield broken(UNKNOWN_TEMPLATE, workflow.manifest, call.place,
                     f"no template is called `{call.body.get('template')}`")
    elif (workflow.manifest.identity[2], reference["name"]) not in known.shared:
        yield broken(UNKNOWN_WORKFLOW_TEMPLATE, workflow.manifest, (*call.place, "templateRef", "name"),
                     f"the project has no WorkflowTemplate `{reference['name']}`")
    else:
        yield broken(UNKNOWN_TEMPLATE, workflow.manifest, (*call.place, "templateRef", "template"),
                     f"WorkflowTemplate `{reference['name']}` has no template `{reference['template']}`")


def _arguments(workflow: Workflow, call: Call) -> Iterator[Diagnostic]:
    """Check that each argument says its value, or where it is from."""
    for index, parameter in enumerate(parameters(call.body, "arguments")):
        place = (*call.place, "arguments", "parameters", index)
        if "value" not in parameter and "valueFrom" not in parameter:
            yield broken(MISSING_ARGUMENT, workflow.manifest, place, f"parameter `{parameter['name']}` has no value")
        source = parameter.get("valueFrom", {"supplied": {}})
        if not source.keys() & {"configMapKeyRef", "supplied"}:
            yield broken(ARGUMENT, workflow.manifest, (*place, "valueFrom"),
                         "an argument is read from a ConfigMap or supplied, and from nothing else")
        if "enum" in parameter and parameter.get("value") not in parameter["enum"]:
            yield broken(ARGUMENT, workflow.manifest, (*place, "value"), "is not among the values of its `enum`")
    for index, artifact in enumerate(artifacts(call.body, "arguments")):
        place = (*call.place, "arguments", "artifacts", index)
        if ("from" in artifact) == has_location(artifact):
            yield broken(ARGUMENT, workflow.manifest, place,
                         f"artifact `{artifact['name']}` needs one of `from` and a location")
        elif "from" in artifact and ".artifacts." not in artifact["from"]:
            yield broken(ARGUMENT, workflow.manifest, (*place, "from"), "names no artifact")


def _supplied(workflow: Workflow, call: Call, passed: Mapping[str, Any], template: Template) -> Iterator[Diagnostic]:
    for members, wanted, is_optional in (
        (parameters(passed, "arguments"), parameters(template.body, "inputs"), _has_value),
        (artifacts(passed, "arguments"), artifacts(template.body, "inputs"), _needs_no_artifact),
    ):
        given = {member["name"]: member for member in members}
        for member in wanted:
            if member["name"] not in given and not is_optional(member):
                yield broken(MISSING_ARGUMENT, workflow.manifest, call.place,
                             f"template `{template.name}` needs `{member['name']}`, and gets none")
            value = given.get(member["name"], {}).get("value")
            if "enum" in member and value is not None and "{{" not in value and value not in member["enum"]:
                yield broken(ARGUMENT, workflow.manifest, call.place,
                             f"`{member['name']}` is not among the values that template `{template.name}` takes")
        if passed is call.body:
            for name in sorted(given.keys() - {member["name"] for member in wanted}):
                yield broken(UNKNOWN_ARGUMENT, workflow.manifest, call.place,
                             f"template `{template.name}` has no input `{name}`, so that what is passed is lost")


def _needs_no_artifact(artifact: Mapping[str, Any]) -> bool:
    return bool(artifact.get("optional")) or has_location(artifact)
