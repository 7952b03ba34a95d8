"""Quantities parse, wherever a kind holds one."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.source.path import FieldPath
from compiler.verify.finding import broken
from compiler.verify.quantities import nano
from compiler.verify.workloads import pods

QUANTITY = "verify/quantity"

_PARTS: Final = ("requests", "limits")
_METRICS: Final = ("resource", "containerResource", "pods", "object", "external", "podmetric")


def quantities(manifest: Manifest) -> Iterator[Diagnostic]:
    """Yield every quantity that Kubernetes cannot read, or that is below zero."""
    for place, value in _quantities(manifest):
        # A number that YAML holds as a float is refused where a definition says "integer or string".
        size = nano(value) if isinstance(value, int | str) else None
        if size is None or size < 0:
            yield broken(QUANTITY, manifest, place, "is not a quantity such as `500m`, `2` or `4Gi`")


def _quantities(manifest: Manifest) -> Iterator[tuple[FieldPath, Any]]:
    for pod in pods(manifest):
        for container in pod.containers:
            yield from _resources((*container.place, "resources"), container.body.get("resources", {}))
        for place, volumes in pod.volumes:
            for index, volume in enumerate(volumes):
                if "sizeLimit" in volume.get("emptyDir", {}):
                    yield (*place, index, "emptyDir", "sizeLimit"), volume["emptyDir"]["sizeLimit"]
    spec = manifest.body.get("spec", {})
    kind = manifest.body["kind"]
    if kind == "PersistentVolumeClaim":
        yield from _resources(("spec", "resources"), spec["resources"])
    elif kind == "ResourceQuota":
        yield from _members(("spec", "hard"), spec["hard"])
    elif kind == "LimitRange":
        for index, limit in enumerate(spec["limits"]):
            for part in sorted(limit.keys() - {"type"}):
                yield from _members(("spec", "limits", index, part), limit[part])
    elif kind == "HorizontalPodAutoscaler":
        yield from _targets(("spec", "metrics"), spec.get("metrics", ()))


def _targets(place: FieldPath, metrics: Any) -> Iterator[tuple[FieldPath, Any]]:
    for index, metric in enumerate(metrics):
        for source in _METRICS:
            target = metric.get(source, {}).get("target", {})
            for key in ("value", "averageValue"):
                if key in target:
                    yield (*place, index, source, "target", key), target[key]


def _resources(place: FieldPath, resources: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[FieldPath, Any]]:
    for part in _PARTS:
        yield from _members((*place, part), resources.get(part, {}))


def _members(place: FieldPath, members: Mapping[str, Any]) -> Iterator[tuple[FieldPath, Any]]:
    for name, value in members.items():
        yield (*place, name), value
