"""Names, labels, annotations and namespaces, which the API server checks and no schema says."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.source.path import FieldPath
from compiler.verify.finding import broken
from compiler.verify.names import is_label_name, is_label_value, is_qualified_key, is_service_name, is_subdomain
from compiler.verify.workloads import at, pods, workflow_place

NAME = "verify/name"
NAMESPACE = "verify/namespace"
LABEL = "verify/label"
ANNOTATION = "verify/annotation"

CLUSTER_KINDS: Final = frozenset({"Namespace"})
# They live where their controller looks for them, away from what they deploy.
ARGO_CD_KINDS: Final = frozenset({"Application", "ApplicationSet", "AppProject"})
# Their names become label values, host names or prefixes of names, which are shorter than object names.
_LABEL_KINDS: Final = frozenset({"Namespace", "Job", "Workflow", "WorkflowTemplate"})
_SERVICE_KINDS: Final = frozenset({"Service", "InferenceService"})
_CRON_KINDS: Final = frozenset({"CronJob", "CronWorkflow"})
# An Argo Workflow object may have dots in its name, but the label with that name must still hold it.
_DOTTED_KINDS: Final = frozenset({"Workflow", "WorkflowTemplate", "CronWorkflow"})
CRON_NAME_LENGTH: Final = 52
ANNOTATIONS_BYTES: Final = 256 * 1024
_Metadata = Mapping[str, Mapping[str, str]]


def names(manifest: Manifest) -> Iterator[Diagnostic]:
    """An object has a name of the grammar and the length that its kind asks for."""
    metadata = manifest.body["metadata"]
    key = "name" if "name" in metadata else "generateName"
    name = metadata.get(key)
    place = ("metadata", key)
    if name is None:
        yield broken(NAME, manifest, ("metadata",), "has no name")
        return
    if key == "generateName":
        name = name.rstrip("-") + "-12345"
    problem = _name_problem(manifest.body["kind"], name)
    if problem:
        yield broken(NAME, manifest, place, problem)


def _name_problem(kind: str, name: str) -> str | None:
    if kind in _SERVICE_KINDS and not is_service_name(name):
        return "is not a DNS-1035 label: at most 63 of a-z, 0-9 and -, starting with a letter"
    if kind in _CRON_KINDS and len(name) > CRON_NAME_LENGTH:
        return f"has {len(name)} characters, expected at most {CRON_NAME_LENGTH}: runs append a time to it"
    if kind in _LABEL_KINDS and len(name) > 63:
        return f"has {len(name)} characters, expected at most 63: it becomes the value of a label"
    if kind in _LABEL_KINDS - _DOTTED_KINDS and not is_label_name(name):
        return "is not a DNS-1123 label: at most 63 of a-z, 0-9 and -"
    return None if is_subdomain(name) else "is not a DNS-1123 subdomain: a-z, 0-9, - and ."


def labels(manifest: Manifest) -> Iterator[Diagnostic]:
    """Labels and annotations have keys and values that the API server takes, pods' included."""
    yield from _metadata(manifest, ("metadata",), manifest.body["metadata"])
    place = workflow_place(manifest)
    if place is not None:
        spec = at(manifest.body, place)
        yield from _metadata(manifest, (*place, "podMetadata"), _filled(spec.get("podMetadata", {})))
    for pod in pods(manifest):
        if place is not None:
            yield from _metadata(manifest, (*pod.place, "metadata"), _filled(pod.body.get("metadata", {})))
        else:
            yield from _metadata(manifest, (*pod.place[:-1], "metadata"), {"labels": pod.labels})


def _filled(metadata: _Metadata) -> _Metadata:
    """Return metadata of Argo's pods with a plain word where a tag is filled in later."""
    return {part: {key: "x" if "{{" in value else value for key, value in members.items()}
            for part, members in metadata.items()}


def _metadata(manifest: Manifest, place: FieldPath, metadata: _Metadata) -> Iterator[Diagnostic]:
    for key, value in metadata.get("labels", {}).items():
        where = (*place, "labels", key)
        if not is_qualified_key(key):
            yield broken(LABEL, manifest, where, "is not a label key: 63 letters, digits, `-`, `_`, `.`")
        elif not is_label_value(value):
            yield broken(LABEL, manifest, where, "is not a label value: at most 63 letters, digits, `-`, `_`, `.`, "
                         "with a letter or digit at both ends")
    annotations = metadata.get("annotations", {})
    for key in annotations:
        if not is_qualified_key(key):
            yield broken(ANNOTATION, manifest, (*place, "annotations", key), "is not an annotation key")
    size = sum(len(key.encode()) + len(value.encode()) for key, value in annotations.items())
    if size > ANNOTATIONS_BYTES:
        yield broken(ANNOTATION, manifest, (*place, "annotations"),
                     f"holds {size} bytes, expected at most {ANNOTATIONS_BYTES} in all annotations together")


def namespaces(manifests: Sequence[Manifest]) -> Iterator[Diagnostic]:
    """Objects of a project are in one namespace; only Argo CD's own stand elsewhere, together."""
    first: dict[bool, Manifest] = {}
    for manifest in manifests:
        kind, namespace = manifest.identity[1], manifest.identity[2]
        place = ("metadata", "namespace")
        if kind in CLUSTER_KINDS:
            if namespace:
                yield broken(NAMESPACE, manifest, place, f"a `{kind}` is in no namespace")
            continue
        if not is_label_name(namespace):
            yield broken(NAMESPACE, manifest, place if namespace else ("metadata",),
                         "is not a DNS-1123 label" if namespace else "has no namespace")
            continue
        other = first.setdefault(kind in ARGO_CD_KINDS, manifest)
        if other.identity[2] != namespace:
            yield broken(NAMESPACE, manifest, place,
                         f"is in `{namespace}`, while others of the project are in `{other.identity[2]}`")
