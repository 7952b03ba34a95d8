"""Names of other objects: what a project refers to, it brings."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic, Related
from compiler.source.path import FieldPath
from compiler.verify.finding import OURS, broken, described
from compiler.verify.workloads import Container, Pod, at, pods, workflow_place

DUPLICATE = "verify/duplicate-object"
SERVICE_ACCOUNT = "verify/unknown-service-account"
CONFIG_MAP = "verify/unknown-config-map"
ROLE = "verify/unknown-role"
SCALE_TARGET = "verify/unknown-scale-target"

_Reference = tuple[FieldPath, Mapping[str, Any]]

# What Kubernetes puts into every namespace; and the platform, which says whose models are served.
_GIVEN_ACCOUNTS: Final = frozenset({"default"})
_GIVEN_CONFIG_MAPS: Final = frozenset({"kube-root-ca.crt", "mlproject-trusted-keys"})


def duplicates(manifests: Sequence[Manifest]) -> Iterator[Diagnostic]:
    """No two objects have one identity: the later would overwrite the earlier at every sync."""
    first: dict[tuple[str, str, str, str], Manifest] = {}
    for manifest in manifests:
        group_kind = (manifest.identity[0].rpartition("/")[0], *manifest.identity[1:])
        if not manifest.identity[3]:
            continue
        earlier = first.setdefault(group_kind, manifest)
        if earlier is not manifest:
            found = broken(DUPLICATE, manifest, ("metadata", "name"),
                           f"`{earlier.concern}` and `{manifest.concern}` both write this object", help=OURS)
            yield found._replace(related=(Related("the other one", earlier.origin),))


def names_of(manifests: Sequence[Manifest], kind: str) -> frozenset[tuple[str, str]]:
    """Return namespace and name of every object of a kind."""
    return frozenset(manifest.identity[2:] for manifest in manifests if manifest.identity[1] == kind)


def service_accounts(manifests: Sequence[Manifest]) -> Iterator[Diagnostic]:
    """Pods and bindings use a ServiceAccount of the project."""
    known = names_of(manifests, "ServiceAccount")
    for manifest in manifests:
        namespace = manifest.identity[2]
        for place, name in _accounts(manifest):
            if name not in _GIVEN_ACCOUNTS and "{{" not in name and (namespace, name) not in known:
                yield broken(SERVICE_ACCOUNT, manifest, place, f"the project has no ServiceAccount `{name}`")


def _accounts(manifest: Manifest) -> Iterator[tuple[FieldPath, str]]:
    for pod in pods(manifest):
        if "serviceAccountName" in pod.body:
            yield (*pod.place, "serviceAccountName"), pod.body["serviceAccountName"]
    place = workflow_place(manifest)
    if place is not None and "serviceAccountName" in at(manifest.body, place):
        yield (*place, "serviceAccountName"), at(manifest.body, place)["serviceAccountName"]
    if manifest.body["kind"] == "RoleBinding":
        for index, subject in enumerate(manifest.body["subjects"]):
            # An account of another namespace is somebody else's, such as Prometheus' or Argo CD's.
            if subject["kind"] == "ServiceAccount" and subject.get("namespace") == manifest.identity[2]:
                yield ("subjects", index, "name"), subject["name"]


def config_maps(manifests: Sequence[Manifest]) -> Iterator[Diagnostic]:
    """Volumes, environments and arguments read a ConfigMap of the project, and a key that it has."""
    known = {manifest.identity[2:]: {*manifest.body.get("data", {}), *manifest.body.get("binaryData", {})}
             for manifest in manifests if manifest.identity[1] == "ConfigMap"}
    for manifest in manifests:
        for place, reference in _config_references(manifest):
            name = reference["name"]
            keys = known.get((manifest.identity[2], name))
            if reference.get("optional") or name in _GIVEN_CONFIG_MAPS or "{{" in name:
                continue
            if keys is None:
                yield broken(CONFIG_MAP, manifest, place, f"the project has no ConfigMap `{name}`")
                continue
            wanted = [item["key"] for item in reference.get("items", ())]
            wanted += [reference["key"]] if "key" in reference else []
            for key in wanted:
                if key not in keys:
                    yield broken(CONFIG_MAP, manifest, place, f"ConfigMap `{name}` has no key `{key}`")


def _config_references(manifest: Manifest) -> Iterator[_Reference]:
    seen: set[FieldPath] = set()
    for pod in pods(manifest):
        for place, volumes in pod.volumes:
            if place not in seen:
                seen.add(place)
                yield from _of_volumes(place, volumes)
        for container in pod.containers:
            yield from _of_container(container)


def _of_volumes(place: FieldPath, volumes: Sequence[Mapping[str, Any]]) -> Iterator[_Reference]:
    for index, volume in enumerate(volumes):
        if "configMap" in volume:
            yield (*place, index, "configMap"), volume["configMap"]
        for inner, source in enumerate(volume.get("projected", {}).get("sources", ())):
            if "configMap" in source:
                yield (*place, index, "projected", "sources", inner, "configMap"), source["configMap"]


def _of_container(container: Container) -> Iterator[_Reference]:
    for index, variable in enumerate(container.body.get("env", ())):
        reference = variable.get("valueFrom", {}).get("configMapKeyRef")
        if reference is not None:
            yield (*container.place, "env", index, "valueFrom", "configMapKeyRef"), reference
    for index, source in enumerate(container.body.get("envFrom", ())):
        if "configMapRef" in source:
            yield (*container.place, "envFrom", index, "configMapRef"), source["configMapRef"]


def roles(manifests: Sequence[Manifest]) -> Iterator[Diagnostic]:
    """A RoleBinding binds a Role of the project, or a ClusterRole."""
    known = names_of(manifests, "Role")
    for manifest in manifests:
        reference = manifest.body.get("roleRef", {})
        if reference.get("kind") == "Role" and (manifest.identity[2], reference["name"]) not in known:
            yield broken(ROLE, manifest, ("roleRef", "name"), f"the project has no Role `{reference['name']}`")


def scale_targets(manifests: Sequence[Manifest]) -> Iterator[Diagnostic]:
    """An autoscaler scales a workload of the project, and no two scale one workload."""
    known = {(*manifest.identity[2:], manifest.identity[1]) for manifest in manifests}
    # KServe makes a Deployment for each component of an InferenceService.
    known |= {(pod.manifest.identity[2], f"{pod.manifest.identity[3]}-{pod.place[1]}", "Deployment")
              for pod in _components(manifests)}
    scaled: dict[tuple[str, str, str], Manifest] = {}
    for manifest in manifests:
        if manifest.identity[1] not in ("HorizontalPodAutoscaler", "ScaledObject"):
            continue
        target = manifest.body["spec"]["scaleTargetRef"]
        key = (manifest.identity[2], target["name"], target.get("kind", "Deployment"))
        place = ("spec", "scaleTargetRef")
        if key not in known:
            yield broken(SCALE_TARGET, manifest, place, f"the project has no {key[2]} `{key[1]}`")
        other = scaled.setdefault(key, manifest)
        if other is not manifest:
            yield broken(SCALE_TARGET, manifest, place, f"{described(other)} scales {key[2]} `{key[1]}` already")


def _components(manifests: Sequence[Manifest]) -> Iterator[Pod]:
    for manifest in manifests:
        if manifest.identity[1] == "InferenceService":
            yield from pods(manifest)
