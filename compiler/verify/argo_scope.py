"""Which names a tag may use, by where it stands in a workflow."""

from collections.abc import Iterator
from typing import Final

from compiler.verify.argo import LEAF_TYPES, POD_TYPES, Call, Template, Workflow, artifacts, parameters

_ALWAYS: Final = frozenset({
    "workflow.name", "workflow.namespace", "workflow.mainEntrypoint", "workflow.serviceAccountName", "workflow.uid",
    "workflow.status", "workflow.duration", "workflow.scheduledTime", "workflow.creationTimestamp",
    "workflow.creationTimestamp.*", "workflow.annotations", "workflow.annotations.json", "workflow.labels",
    "workflow.labels.json",
})
_RETRIES: Final = frozenset({"retries", "lastRetry.exitCode", "lastRetry.status", "lastRetry.duration",
                             "lastRetry.message"})
_ENDS: Final = ("id", "startedAt", "finishedAt", "hostNodeName", "status")

METRIC_NAMES: Final = frozenset({"status", "duration", "exitCode", "resourcesDuration.*", "outputs.*"})


def global_scope(workflow: Workflow) -> frozenset[str]:
    """Return the names that hold in the whole of a workflow."""
    spec = workflow.spec
    names = set(_ALWAYS)
    given = [parameter["name"] for parameter in parameters(spec, "arguments")]
    names |= {f"workflow.parameters.{name}" for name in given}
    if given:
        names |= {"workflow.parameters", "workflow.parameters.json"}
    if "priority" in spec:
        names.add("workflow.priority")
    if "onExit" in spec or "exit" in spec.get("hooks", {}):
        names.add("workflow.failures")
    metadata = (workflow.manifest.body["metadata"], spec.get("workflowMetadata", {}),
                workflow.manifest.body["spec"].get("workflowMetadata", {}))
    for part in ("labels", "annotations"):
        names |= {f"workflow.{part}.{key}" for source in metadata for key in source.get(part, {})}
    names |= {f"workflow.labels.{key}" for key in spec.get("workflowMetadata", {}).get("labelsFrom", {})}
    for template in workflow.templates:
        names |= set(_exported(template))
    return frozenset(names)


def _exported(template: Template) -> Iterator[str]:
    for kind, members in (("parameters", parameters(template.body, "outputs")),
                          ("artifacts", artifacts(template.body, "outputs"))):
        for member in members:
            if "globalName" in member:
                name = member["globalName"]
                yield f"workflow.outputs.{kind}.{'*' if '{{' in name else name}"


def template_scope(template: Template) -> frozenset[str]:
    """Return the names that hold inside one template beside the global ones."""
    body = template.body
    names = {"node.name", "tasks.name", "steps.name"}
    inputs = [parameter["name"] for parameter in parameters(body, "inputs")]
    names |= {f"inputs.parameters.{name}" for name in inputs}
    if inputs:
        names.add("inputs.parameters")
    for artifact in artifacts(body, "inputs"):
        names |= {f"inputs.artifacts.{artifact['name']}", f"inputs.artifacts.{artifact['name']}.path"}
    if any(kind in POD_TYPES for kind in template.types):
        names.add("pod.name")
    if "retryStrategy" in body:
        names |= _RETRIES
    if any(kind in LEAF_TYPES for kind in template.types):
        names |= {f"outputs.artifacts.{artifact['name']}.path" for artifact in artifacts(body, "outputs")
                  if "path" in artifact}
        names |= {f"outputs.parameters.{parameter['name']}.path" for parameter in parameters(body, "outputs")
                  if "path" in parameter.get("valueFrom", {})}
    return frozenset(names)


def outputs_of(call: Call, template: Template | None) -> frozenset[str]:
    """Return the names that a task or a step leaves behind; anything where its template is unknown."""
    prefix = f"{'tasks' if call.kind == 'task' else 'steps'}.{call.name}"
    if template is None:
        return frozenset({f"{prefix}.*", *(f"{prefix}.{end}" for end in _ENDS)})
    names = {f"{prefix}.{end}" for end in _ENDS}
    names |= {f"{prefix}.outputs.parameters.{parameter['name']}" for parameter in parameters(template.body, "outputs")}
    names |= {f"{prefix}.outputs.artifacts.{artifact['name']}" for artifact in artifacts(template.body, "outputs")}
    if template.body.get("daemon"):
        names.add(f"{prefix}.ip")
    if any(kind in ("container", "script", "http") for kind in template.types):
        names |= {f"{prefix}.outputs.result", f"{prefix}.exitCode"}
    if call.loops:
        names.add(f"{prefix}.outputs.parameters")
    return frozenset(names)


def item_scope(call: Call) -> frozenset[str]:
    """Return the names of the item of a loop."""
    if not call.loops:
        return frozenset()
    items = call.body.get("withItems", ())
    keys = {f"item.{key}" for item in items if isinstance(item, dict) for key in item}
    return frozenset({"item", *keys, *(("item.*",) if "withParam" in call.body else ())})
