"""Selectors between objects: what selects nothing protects, scrapes and serves nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.source.path import FieldPath
from compiler.verify.finding import broken
from compiler.verify.workloads import pods, workflow_place

SELECTS_NOTHING = "verify/selects-nothing"
MONITOR_PORT = "verify/monitor-port"
SERVICE_TARGET = "verify/service-target"

# Labels that controllers give to pods and Services: their values are known only on the cluster.
_RUNTIME_PREFIXES: Final = ("workflows.argoproj.io/", "serving.knative.dev/", "batch.kubernetes.io/")
_POD_SELECTORS: Final[Mapping[str, tuple[FieldPath, ...]]] = {
    "Service": (("spec", "selector"),),
    "PodDisruptionBudget": (("spec", "selector"),),
    "NetworkPolicy": (("spec", "podSelector"),),
}
Labels = Mapping[str, str]


def pod_selectors(manifests: Sequence[Manifest]) -> Iterator[Diagnostic]:
    """Services, budgets and network policies select a pod that the project makes."""
    labels = _pod_labels(manifests)
    for manifest in manifests:
        for place in _POD_SELECTORS.get(manifest.identity[1], ()):
            selector = _selector(manifest, place)
            if selector and not any(_matches(selector, own) for own in labels):
                yield broken(SELECTS_NOTHING, manifest, place, "selects no pod of the project")


def monitor_selectors(manifests: Sequence[Manifest]) -> Iterator[Diagnostic]:
    """A ServiceMonitor selects a Service of the project, and scrapes a port that it has."""
    services = [manifest for manifest in manifests if manifest.identity[1] == "Service"]
    made = _kserve_service_labels(manifests)
    for manifest in manifests:
        if manifest.identity[1] != "ServiceMonitor":
            continue
        selector = _selector(manifest, ("spec", "selector"))
        selected = [service for service in services
                    if _matches(selector, service.body["metadata"].get("labels", {}))]
        by_kserve = any(_matches(selector, own) for own in made)
        if not selected and not by_kserve:
            yield broken(SELECTS_NOTHING, manifest, ("spec", "selector"), "selects no Service of the project")
        elif not by_kserve:
            yield from _scraped_ports(manifest, selected)


def _scraped_ports(monitor: Manifest, services: Sequence[Manifest]) -> Iterator[Diagnostic]:
    names = {port.get("name") for service in services for port in service.body["spec"].get("ports", ())}
    for index, endpoint in enumerate(monitor.body["spec"]["endpoints"]):
        if "port" in endpoint and endpoint["port"] not in names:
            yield broken(MONITOR_PORT, monitor, ("spec", "endpoints", index, "port"),
                         f"no selected Service has a port called `{endpoint['port']}`")


def service_targets(manifests: Sequence[Manifest]) -> Iterator[Diagnostic]:
    """A port of a Service that is named after a container's port finds one of that name."""
    made = [pod for manifest in manifests for pod in pods(manifest)]
    for manifest in manifests:
        if manifest.identity[1] != "Service":
            continue
        selector = manifest.body["spec"].get("selector", {})
        selected = [pod for pod in made if selector and _matches(selector, pod.labels)]
        names = {port.get("name") for pod in selected for container in pod.containers
                 for port in container.body.get("ports", ())}
        # A pod of KServe gets its ports from a runtime that may belong to the cluster.
        if not selected or any(pod.manifest.identity[1] == "InferenceService" for pod in selected):
            continue
        for index, port in enumerate(manifest.body["spec"].get("ports", ())):
            target = port.get("targetPort")
            if isinstance(target, str) and target not in names:
                yield broken(SERVICE_TARGET, manifest, ("spec", "ports", index, "targetPort"),
                             f"no selected pod has a port called `{target}`")


def _selector(manifest: Manifest, place: FieldPath) -> Labels:
    selector: Any = manifest.body
    for part in place:
        selector = selector.get(part, {})
    labels: Labels = selector if manifest.identity[1] == "Service" else selector.get("matchLabels", {})
    return {key: value for key, value in labels.items() if not key.startswith(_RUNTIME_PREFIXES)}


def _matches(selector: Labels, labels: Labels) -> bool:
    return all(labels.get(key) == value for key, value in selector.items())


def _pod_labels(manifests: Sequence[Manifest]) -> list[Labels]:
    labels = [pod.labels for manifest in manifests for pod in pods(manifest)]
    # A CronWorkflow that refers to a template makes pods with labels of its own, too.
    for manifest in manifests:
        place = workflow_place(manifest)
        if place is not None:
            spec = manifest.body["spec"] if len(place) == 1 else manifest.body["spec"]["workflowSpec"]
            labels.append(spec.get("podMetadata", {}).get("labels", {}))
    return labels


def _kserve_service_labels(manifests: Sequence[Manifest]) -> list[Labels]:
    """Return the labels of the Services that KServe makes: those of the pods, and of the object."""
    return [{**pod.labels, "networking.internal.knative.dev/serviceType": "Private"}
            for manifest in manifests if manifest.identity[1] == "InferenceService" for pod in pods(manifest)]
