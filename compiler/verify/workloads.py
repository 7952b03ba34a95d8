"""Where pods and containers are inside the kinds that make them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from compiler.artifact.artifact import Manifest
from compiler.records import NamedTuple
from compiler.source.path import FieldPath

_POD_TEMPLATES: Mapping[str, FieldPath] = {
    "Deployment": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}
_WORKFLOWS: Mapping[str, FieldPath] = {
    "Workflow": ("spec",), "WorkflowTemplate": ("spec",), "CronWorkflow": ("spec", "workflowSpec"),
}
_NO_LABELS: Mapping[str, str] = {}


class Container(NamedTuple):
    """A container and its place inside the manifest."""

    place: FieldPath
    body: Mapping[str, Any]


class Pod(NamedTuple):
    """A pod that an object makes: its place, the labels it is sure to have, its containers.

    `body` is what the pod spec is written in: the pod spec itself, a predictor, an Argo
    template. `volumes` are the lists of volumes that its containers may mount.
    """

    manifest: Manifest
    place: FieldPath
    body: Mapping[str, Any]
    labels: Mapping[str, str]
    containers: tuple[Container, ...]
    volumes: tuple[tuple[FieldPath, Sequence[Mapping[str, Any]]], ...]


def workflow_place(manifest: Manifest) -> FieldPath | None:
    """Return where the workflow spec of an Argo object is; None for every other kind."""
    return _WORKFLOWS.get(manifest.body.get("kind", ""))


def at(body: Any, place: FieldPath) -> Any:
    """Return what stands at place, or an empty mapping where nothing does."""
    for part in place:
        body = body.get(part, {}) if isinstance(body, Mapping) else body[part]
    return body


def pods(manifest: Manifest) -> Iterator[Pod]:
    """Yield every pod that the object makes."""
    kind = manifest.body.get("kind", "")
    if kind in _POD_TEMPLATES:
        yield _of_template(manifest, _POD_TEMPLATES[kind])
    elif kind in _WORKFLOWS:
        yield from _of_workflow(manifest, _WORKFLOWS[kind])
    elif kind == "InferenceService":
        yield from _of_inference_service(manifest)
    elif kind == "ServingRuntime":
        spec = manifest.body["spec"]
        yield Pod(manifest, ("spec",), spec, _NO_LABELS, _containers(spec, ("spec",)), _volumes(spec, ("spec",)))


def _of_template(manifest: Manifest, place: FieldPath) -> Pod:
    template = at(manifest.body, place)
    spec, inner = template["spec"], (*place, "spec")
    labels = template.get("metadata", {}).get("labels", _NO_LABELS)
    return Pod(manifest, inner, spec, labels, _containers(spec, inner), _volumes(spec, inner))


def _of_workflow(manifest: Manifest, place: FieldPath) -> Iterator[Pod]:
    spec = at(manifest.body, place)
    common = _volumes(spec, place)
    claims = tuple({"name": claim["metadata"].get("name", "")} for claim in spec.get("volumeClaimTemplates", ()))
    common = (*common, ((*place, "volumeClaimTemplates"), claims)) if claims else common
    shared = spec.get("podMetadata", {}).get("labels", {})
    for index, template in enumerate(spec.get("templates", ())):
        inner = (*place, "templates", index)
        containers = _argo_containers(template, inner)
        if containers:
            labels = {**shared, **template.get("metadata", {}).get("labels", {}),
                      "workflows.argoproj.io/completed": "false"}
            yield Pod(manifest, inner, template, labels, containers, (*common, *_volumes(template, inner)))


def _argo_containers(template: Mapping[str, Any], place: FieldPath) -> tuple[Container, ...]:
    main = [Container((*place, key), template[key]) for key in ("container", "script") if key in template]
    beside = [Container((*place, key, index), container)
              for key in ("initContainers", "sidecars") for index, container in enumerate(template.get(key, ()))]
    return (*main, *beside) if main else ()


def _of_inference_service(manifest: Manifest) -> Iterator[Pod]:
    name = manifest.identity[3]
    for component in ("predictor", "transformer", "explainer"):
        body = manifest.body["spec"].get(component)
        if body is None:
            continue
        place = ("spec", component)
        model = (Container((*place, "model"), body["model"]),) if "model" in body else ()
        labels = {**manifest.body["metadata"].get("labels", {}), **body.get("labels", {}),
                  "serving.kserve.io/inferenceservice": name, "component": component,
                  "app": f"isvc.{name}-{component}"}
        yield Pod(manifest, place, body, labels, (*model, *_containers(body, place)), _volumes(body, place))


def _containers(spec: Mapping[str, Any], place: FieldPath) -> tuple[Container, ...]:
    return tuple(Container((*place, key, index), container)
                 for key in ("initContainers", "containers") for index, container in enumerate(spec.get(key, ())))


def _volumes(spec: Mapping[str, Any], place: FieldPath) -> tuple[tuple[FieldPath, Sequence[Mapping[str, Any]]], ...]:
    return (((*place, "volumes"), spec["volumes"]),) if "volumes" in spec else ()
