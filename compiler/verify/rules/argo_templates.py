"""Argo templates, each by itself: one type, names, images, paths, outputs."""

from collections.abc import Iterator
from typing import Any, Final

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.source.path import FieldPath
from compiler.verify.argo import POD_TYPES, TYPES, Template, Workflow, artifacts, calls_of, parameters, workflows
from compiler.verify.durations import is_argo_duration, is_go_duration
from compiler.verify.finding import broken

TYPE = "verify/argo-template-type"
NAME = "verify/argo-name"
DUPLICATE = "verify/argo-duplicate-name"
RESERVED = "verify/argo-reserved-name"
IMAGE = "verify/argo-image"
LEAF_ONLY = "verify/argo-leaf-only"
PARALLELISM = "verify/argo-parallelism"
ARTIFACT_PATH = "verify/argo-artifact-path"
OUTPUT = "verify/argo-output"
DURATION = "verify/argo-duration"
RESOURCE = "verify/argo-resource"

_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
_RESERVED: Final = frozenset({"main", "wait", "init"})
_NAME_LENGTH: Final = 128
_SOURCES: Final = ("path", "jsonPath", "jqFilter", "parameter", "expression", "supplied", "configMapKeyRef")
_SOURCES_OF: Final = {"container": ("path",), "script": ("path",), "resource": ("jsonPath", "jqFilter"),
                      "dag": ("parameter", "expression"), "steps": ("parameter", "expression"),
                      "suspend": ("supplied",), "http": ()}


def templates(manifest: Manifest) -> Iterator[Diagnostic]:
    """Yield what is wrong inside each template of a workflow."""
    for workflow in workflows((manifest,)):
        yield from _unique(workflow, (*workflow.place, "templates"), [body.body for body in workflow.templates])
        yield from _values(workflow, workflow.place, workflow.spec, "arguments")
        for template in workflow.templates:
            yield from _type(workflow, template)
            if len(template.types) == 1:
                yield from _names(workflow, template)
                yield from _fields(workflow, template)
                yield from _containers(workflow, template)
                yield from _paths(workflow, template)
                yield from _outputs(workflow, template)


def _type(workflow: Workflow, template: Template) -> Iterator[Diagnostic]:
    if len(template.types) != 1:
        met = " and ".join(template.types) or "none"
        yield broken(TYPE, workflow.manifest, template.place,
                     f"template `{template.name}` has {met}, expected one of {', '.join(TYPES)}")


def _unique(workflow: Workflow, place: FieldPath, members: list[Any]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for index, member in enumerate(members):
        if member["name"] in seen:
            yield broken(DUPLICATE, workflow.manifest, (*place, index, "name"), f"`{member['name']}` stands here twice")
        seen.add(member["name"])


def _names(workflow: Workflow, template: Template) -> Iterator[Diagnostic]:
    yield from _name(workflow, (*template.place, "name"), template.name)
    seen: set[str] = set()
    for call in calls_of(template):
        yield from _name(workflow, (*call.place, "name"), call.name)
        if call.name in seen:
            yield broken(DUPLICATE, workflow.manifest, (*call.place, "name"), f"`{call.name}` stands here twice")
        seen.add(call.name)
        yield from _values(workflow, call.place, call.body, "arguments")
    for part in ("inputs", "outputs"):
        yield from _values(workflow, template.place, template.body, part)


def _name(workflow: Workflow, place: FieldPath, name: str) -> Iterator[Diagnostic]:
    if len(name) > _NAME_LENGTH or not _LETTERS.issuperset(name) or name.startswith("-"):
        yield broken(NAME, workflow.manifest, place,
                     f"`{name}` is not a name: at most {_NAME_LENGTH} letters, digits and -, not starting with -")


def _values(workflow: Workflow, place: FieldPath, body: Any, part: str) -> Iterator[Diagnostic]:
    for kind, members in (("parameters", parameters(body, part)), ("artifacts", artifacts(body, part))):
        yield from _unique(workflow, (*place, part, kind), list(members))
        for index, member in enumerate(members):
            for key in ("name", "globalName"):
                name = member.get(key, "x")
                is_exported = key == "globalName" and "{{" in name
                if not is_exported and not (_LETTERS | {"_"}).issuperset(name):
                    yield broken(NAME, workflow.manifest, (*place, part, kind, index, key),
                                 f"`{name}` is not a name: letters, digits, - and _")


def _fields(workflow: Workflow, template: Template) -> Iterator[Diagnostic]:
    body = template.body
    if template.is_flow:
        for key in sorted({"activeDeadlineSeconds", "timeout"} & body.keys()):
            yield broken(LEAF_ONLY, workflow.manifest, (*template.place, key),
                         f"Argo does not take it on a template of type `{template.types[0]}`")
    else:
        for key in sorted({"parallelism", "failFast"} & body.keys()):
            yield broken(PARALLELISM, workflow.manifest, (*template.place, key), "only `dag` and `steps` take it")
        if "suspend" in body and "timeout" in body:
            yield broken(LEAF_ONLY, workflow.manifest, (*template.place, "timeout"),
                         "Argo does not take it on a template of type `suspend`")
    if "{{" not in body.get("timeout", "1s") and not is_go_duration(body.get("timeout", "1s")):
        yield broken(DURATION, workflow.manifest, (*template.place, "timeout"), "is not a duration such as `4h`")
    yield from _retry(workflow, (*template.place, "retryStrategy"), body.get("retryStrategy", {}))
    if "duration" in body.get("suspend", {}) and not is_argo_duration(body["suspend"]["duration"]):
        yield broken(DURATION, workflow.manifest, (*template.place, "suspend", "duration"), "is not a duration")
    resource = body.get("resource")
    if resource is not None and resource["action"] not in ("get", "delete") and "manifest" not in resource:
        yield broken(RESOURCE, workflow.manifest, (*template.place, "resource"),
                     f"action `{resource['action']}` has no `manifest`")


def _retry(workflow: Workflow, place: FieldPath, strategy: Any) -> Iterator[Diagnostic]:
    limit = str(strategy.get("limit", 0))
    if "{{" not in limit and not limit.isdigit():
        yield broken(DURATION, workflow.manifest, (*place, "limit"), "is not a number of retries")
    for key in ("duration", "maxDuration"):
        text = strategy.get("backoff", {}).get(key, "0")
        if "{{" not in text and not is_argo_duration(text):
            yield broken(DURATION, workflow.manifest, (*place, "backoff", key), "is not a duration such as `5m`")


def _containers(workflow: Workflow, template: Template) -> Iterator[Diagnostic]:
    for kind in ("container", "script"):
        if kind in template.body and not template.body[kind]["image"].strip():
            yield broken(IMAGE, workflow.manifest, (*template.place, kind, "image"), "is blank")
    for part in ("initContainers", "sidecars"):
        for index, container in enumerate(template.body.get(part, ())):
            if container["name"] in _RESERVED:
                yield broken(RESERVED, workflow.manifest, (*template.place, part, index, "name"),
                             f"`{container['name']}` is the name of a container that Argo adds")


def _paths(workflow: Workflow, template: Template) -> Iterator[Diagnostic]:
    main = template.body.get("container") or template.body.get("script") or {}
    taken = {mount["mountPath"].rstrip("/"): f"volume `{mount['name']}`" for mount in main.get("volumeMounts", ())}
    for part in ("inputs", "outputs"):
        for index, artifact in enumerate(artifacts(template.body, part)):
            place = (*template.place, part, "artifacts", index)
            path = artifact.get("path")
            if path is None:
                if template.types[0] in POD_TYPES[:2]:
                    yield broken(ARTIFACT_PATH, workflow.manifest, place, f"`{artifact['name']}` has no path")
                continue
            if template.types[0] not in POD_TYPES:
                yield broken(ARTIFACT_PATH, workflow.manifest, (*place, "path"),
                             f"a template of type `{template.types[0]}` has no files")
            elif not path.startswith("/") or ".." in path.split("/"):
                yield broken(ARTIFACT_PATH, workflow.manifest, (*place, "path"), "is not an absolute path without `..`")
            elif part == "inputs":
                if path.rstrip("/") in taken:
                    yield broken(ARTIFACT_PATH, workflow.manifest, (*place, "path"),
                                 f"{taken[path.rstrip('/')]} stands on this path already")
                taken[path.rstrip("/")] = f"artifact `{artifact['name']}`"


def _outputs(workflow: Workflow, template: Template) -> Iterator[Diagnostic]:
    kind = template.types[0]
    for index, parameter in enumerate(parameters(template.body, "outputs")):
        place = (*template.place, "outputs", "parameters", index)
        source = parameter.get("valueFrom")
        if (source is None) == ("value" not in parameter):
            yield broken(OUTPUT, workflow.manifest, place,
                         f"`{parameter['name']}` needs one of `value` and `valueFrom`")
        if source is None:
            continue
        met = [key for key in _SOURCES if key in source]
        wanted = _SOURCES_OF[kind]
        if len(met) != 1 or met[0] not in wanted:
            expected = " or ".join(f"`{key}`" for key in wanted) or "no output parameter"
            yield broken(OUTPUT, workflow.manifest, (*place, "valueFrom"),
                         f"a template of type `{kind}` has {expected} here")
    for index, artifact in enumerate(artifacts(template.body, "outputs")):
        if template.is_flow and "from" not in artifact:
            yield broken(OUTPUT, workflow.manifest, (*template.place, "outputs", "artifacts", index),
                         f"`{artifact['name']}` has no `from`, and a template of type `{kind}` has no files")
    for index, artifact in enumerate(artifacts(template.body, "inputs")):
        if "from" in artifact:
            yield broken(OUTPUT, workflow.manifest, (*template.place, "inputs", "artifacts", index, "from"),
                         "an input has no `from`: the caller has it")
