"""What the local runner can do, field by field: all else is refused by name before anything starts."""

from collections.abc import Iterator, Mapping
from typing import Any

from compiler.local.engine.conditions import RESULTS, depends_of, names_in
from compiler.local.engine.expressions import ExpressionError, evaluate
from compiler.local.workflow import Template, Workflow
from compiler.records import NamedTuple

_ANY: Any = None
_PARAMETER = {"name": _ANY, "value": _ANY, "default": _ANY, "description": _ANY, "enum": _ANY}
_RAW = {"data": _ANY}
_ARGUMENTS = {"parameters": [{"name": _ANY, "value": _ANY}],
              "artifacts": [{"name": _ANY, "from": _ANY, "raw": _RAW, "optional": _ANY}]}
_INPUTS = {"parameters": [_PARAMETER],
           "artifacts": [{"name": _ANY, "path": _ANY, "optional": _ANY, "raw": _RAW, "mode": _ANY}]}
_OUTPUTS = {"parameters": [{"name": _ANY, "description": _ANY,
                            "valueFrom": {"path": _ANY, "parameter": _ANY, "default": _ANY}}],
            "artifacts": [{"name": _ANY, "path": _ANY, "from": _ANY, "optional": _ANY, "archive": _ANY}]}
_HOOK = {"template": _ANY, "templateRef": {"name": _ANY, "template": _ANY}, "arguments": _ARGUMENTS, "expression": _ANY}
_STEP = {"name": _ANY, "template": _ANY, "templateRef": {"name": _ANY, "template": _ANY}, "when": _ANY,
         "arguments": _ARGUMENTS, "withItems": _ANY, "withParam": _ANY,
         "withSequence": {"count": _ANY, "start": _ANY, "end": _ANY, "format": _ANY},
         "continueOn": {"failed": _ANY, "error": _ANY}, "onExit": _ANY, "hooks": {"*": _HOOK}}
_CONTAINER = {
    "image": _ANY, "command": _ANY, "args": _ANY, "name": _ANY, "workingDir": _ANY,
    "env": [{"name": _ANY, "value": _ANY,
             "valueFrom": {"secretKeyRef": {"name": _ANY, "key": _ANY, "optional": _ANY}}}],
    "volumeMounts": [{"name": _ANY, "mountPath": _ANY, "readOnly": _ANY}],
    # What they ask for is the cluster's to give: nothing here depends on it.
    "resources": _ANY, "securityContext": _ANY, "imagePullPolicy": _ANY}
_TEMPLATE = {
    "name": _ANY, "inputs": _INPUTS, "outputs": _OUTPUTS, "steps": [[_STEP]],
    "dag": {"tasks": [{**_STEP, "depends": _ANY, "dependencies": _ANY}], "failFast": _ANY, "target": _ANY},
    "container": _CONTAINER, "script": {**_CONTAINER, "source": _ANY}, "suspend": {"duration": _ANY},
    "retryStrategy": {"limit": _ANY, "retryPolicy": _ANY, "expression": _ANY,
                      "backoff": {"duration": _ANY, "factor": _ANY, "maxDuration": _ANY, "cap": _ANY}},
    "activeDeadlineSeconds": _ANY, "timeout": _ANY, "parallelism": _ANY, "failFast": _ANY,
    "memoize": {"key": _ANY, "cache": {"configMap": {"name": _ANY}}},
    "metadata": _ANY, "nodeSelector": _ANY, "tolerations": _ANY, "affinity": _ANY, "serviceAccountName": _ANY,
    "securityContext": _ANY, "priorityClassName": _ANY}
_SPEC = {
    "entrypoint": _ANY, "templates": [_TEMPLATE], "arguments": _ARGUMENTS, "onExit": _ANY, "hooks": {"*": _HOOK},
    "activeDeadlineSeconds": _ANY, "parallelism": _ANY,
    "volumes": [{"name": _ANY, "emptyDir": _ANY, "configMap": {"name": _ANY}, "secret": {"secretName": _ANY}}],
    "serviceAccountName": _ANY, "securityContext": _ANY, "workflowMetadata": _ANY, "podMetadata": _ANY, "podGC": _ANY,
    "ttlStrategy": _ANY, "nodeSelector": _ANY, "tolerations": _ANY, "affinity": _ANY, "priorityClassName": _ANY,
    "imagePullSecrets": _ANY, "automountServiceAccountToken": _ANY, "artifactGC": _ANY}
_POLICIES = ("", "Always", "OnFailure", "OnError")
_KINDS = ("container", "script", "dag", "steps", "suspend")


class Refusal(NamedTuple):
    """What is not supported, and where it stands."""

    place: str
    message: str

    def __str__(self) -> str:
        """Return the refusal as one line."""
        return f"{self.place}: {self.message}"


def refusals(workflow: Workflow, *, may_approve: bool) -> Iterator[Refusal]:
    """Yield everything in a workflow that the local runner would not do as the cluster does."""
    spec = {key: value for key, value in workflow.spec.items() if key != "templates"}
    yield from _unknown(spec, _SPEC, "spec")
    yield from _tags(spec, "spec")
    reached = _reached(workflow)
    for (source, name), template in sorted(reached.items()):
        place = f"template {name}" if source == "local" else f"template {name} of {source}"
        yield from _template(template, place, may_approve=may_approve)
    if workflow.spec.get("entrypoint") not in workflow.templates.get("local", {}):
        yield Refusal("spec.entrypoint", f"there is no template `{workflow.spec.get('entrypoint')}`")


def _reached(workflow: Workflow) -> dict[tuple[str, str], Template]:
    """Return the workflow's own templates, and those of others that they call."""
    found = {("local", name): template for name, template in workflow.templates.get("local", {}).items()}
    waiting = list(found.items())
    while waiting:
        (source, _), template = waiting.pop()
        for call in _calls(template):
            reference = call.get("templateRef")
            where = f"namespaced/{reference['name']}" if reference else source
            name = reference["template"] if reference else call.get("template", "")
            called = workflow.templates.get(where, {}).get(name)
            if called is not None and (where, name) not in found:
                found[where, name] = called
                waiting.append(((where, name), called))
    return found


def _calls(template: Template) -> Iterator[Mapping[str, Any]]:
    yield from (template.get("dag") or {}).get("tasks", ())
    for group in template.get("steps") or ():
        yield from group


def _template(template: Template, place: str, *, may_approve: bool) -> Iterator[Refusal]:
    yield from _unknown(template, _TEMPLATE, place)
    yield from _tags(template, place)
    if sum(kind in template for kind in _KINDS) != 1:
        yield Refusal(place, f"expected one of {', '.join(_KINDS)}")
    if "suspend" in template and not (template["suspend"] or {}).get("duration") and not may_approve:
        yield Refusal(place, "waits for a person; --approve goes on by itself")
    for kind in ("container", "script"):
        if kind in template and not template[kind].get("command"):
            yield Refusal(f"{place}.{kind}", "has no command: that of the image is not known here")
    yield from _retry(template.get("retryStrategy") or {}, f"{place}.retryStrategy")
    yield from _tasks(template, place)


def _retry(strategy: Mapping[str, Any], place: str) -> Iterator[Refusal]:
    if strategy.get("retryPolicy", "") not in _POLICIES:
        yield Refusal(f"{place}.retryPolicy", f"`{strategy['retryPolicy']}` is not supported")
    if strategy.get("expression"):
        yield from _expression(strategy["expression"], f"{place}.expression")


def _expression(text: str, place: str) -> Iterator[Refusal]:
    try:
        evaluate(text, lambda name: "0")
    except ExpressionError as failure:
        if "no expression" in str(failure):
            yield Refusal(place, str(failure))


def _tasks(template: Template, place: str) -> Iterator[Refusal]:
    tasks = {task["name"]: task for task in (template.get("dag") or {}).get("tasks", ())}
    for name, task in tasks.items():
        try:
            depends = depends_of(task, tasks)
        except KeyError as unknown:
            yield Refusal(f"{place}.{name}", f"depends on {unknown}, which is no task")
            continue
        unknown_tasks = sorted(set(names_in(depends)) - set(tasks))
        if unknown_tasks:
            yield Refusal(f"{place}.{name}", f"depends on `{unknown_tasks[0]}`, which is no task")
        for word in depends.replace("(", " ").replace(")", " ").replace("!", " ").split():
            result = word.rpartition(".")[2]
            if "." in word and result not in RESULTS:
                yield Refusal(f"{place}.{name}", f"`{word}` is no result of a task")


def _unknown(value: Any, schema: Any, place: str) -> Iterator[Refusal]:
    match schema, value:
        case None, _:
            return
        case dict(), Mapping():
            for key, item in value.items():
                below = schema.get(key, schema.get("*", ...))
                if below is ...:
                    yield Refusal(f"{place}.{key}", "is not supported by the local runner")
                else:
                    yield from _unknown(item, below, f"{place}.{key}")
        case list(), list() | tuple():
            for item in value:
                label = f".{item['name']}" if isinstance(item, Mapping) and "name" in item else ""
                yield from _unknown(item, schema[0], f"{place}{label}")
        case _:
            return


def _tags(value: Any, place: str) -> Iterator[Refusal]:
    match value:
        case str() if "{{=" in value:
            yield Refusal(place, "expression tags `{{=` are not supported by the local runner")
        case str() if "{{" in value and _is_nested(value):
            yield Refusal(place, "tags within tags are not supported by the local runner")
        case Mapping():
            for item in value.values():
                yield from _tags(item, place)
        case list() | tuple():
            for item in value:
                yield from _tags(item, place)


def _is_nested(text: str) -> bool:
    return any("}}" not in part for part in text.split("{{")[1:-1])
