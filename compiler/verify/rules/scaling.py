"""Autoscalers and disruption budgets: numbers that contradict each other."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.verify.finding import broken

HPA_RANGE = "verify/replica-range"
HPA_METRIC = "verify/scaling-metric"
PDB = "verify/disruption-budget"

_BODIES: Final = {"Resource": "resource", "ContainerResource": "containerResource", "Pods": "pods",
                  "Object": "object", "External": "external"}
_TARGETS: Final = {"Utilization": "averageUtilization", "AverageValue": "averageValue", "Value": "value"}
_TARGETS_OF: Final = {"Resource": ("Utilization", "AverageValue"), "ContainerResource": ("Utilization", "AverageValue"),
                      "Pods": ("AverageValue",), "Object": ("Value", "AverageValue"),
                      "External": ("Value", "AverageValue")}
# The smallest number that the API server takes where nothing is written.
_RANGES: Final = {"HorizontalPodAutoscaler": ("minReplicas", 1, "maxReplicas"),
                  "ScaledObject": ("minReplicaCount", 0, "maxReplicaCount")}


def replica_range(manifest: Manifest) -> Iterator[Diagnostic]:
    """The smallest number of replicas is not over the largest."""
    kind, spec = manifest.body["kind"], manifest.body.get("spec", {})
    if kind in _RANGES:
        low_key, default, high_key = _RANGES[kind]
        low, high = spec.get(low_key, default), spec.get(high_key, 100)
        if low > high:
            yield broken(HPA_RANGE, manifest, ("spec", low_key), f"`{low_key}` {low} is over `{high_key}` {high}")
    if kind == "HorizontalPodAutoscaler" and spec.get("minReplicas") == 0:
        yield broken(HPA_RANGE, manifest, ("spec", "minReplicas"),
                     "met 0, expected at least 1: scaling to zero is alpha in every release")
    idle = spec.get("idleReplicaCount")
    if kind == "ScaledObject" and idle is not None and idle >= spec.get("minReplicaCount", 0):
        yield broken(HPA_RANGE, manifest, ("spec", "idleReplicaCount"), "is not below `minReplicaCount`")


def scaling_metrics(manifest: Manifest) -> Iterator[Diagnostic]:
    """A metric of an autoscaler has the body and the target of its type."""
    if manifest.body["kind"] != "HorizontalPodAutoscaler":
        return
    for index, metric in enumerate(manifest.body["spec"].get("metrics", ())):
        problem = _metric_problem(metric)
        if problem:
            yield broken(HPA_METRIC, manifest, ("spec", "metrics", index), problem)


def _metric_problem(metric: Mapping[str, Any]) -> str | None:
    kind = metric["type"]
    bodies = sorted(metric.keys() - {"type"})
    if bodies != [_BODIES[kind]]:
        return f"a metric of type `{kind}` holds `{_BODIES[kind]}` and nothing else"
    target = metric[_BODIES[kind]]["target"]
    if target["type"] not in _TARGETS_OF[kind]:
        return f"a metric of type `{kind}` has no target of type `{target['type']}`"
    if set(target) != {"type", _TARGETS[target["type"]]}:
        return f"a target of type `{target['type']}` holds `{_TARGETS[target['type']]}` and nothing else"
    return None


def disruption_budget(manifest: Manifest) -> Iterator[Diagnostic]:
    """A budget says how many pods stay or how many may go, and not both."""
    if manifest.body["kind"] != "PodDisruptionBudget":
        return
    spec = manifest.body["spec"]
    if ("minAvailable" in spec) == ("maxUnavailable" in spec):
        yield broken(PDB, manifest, ("spec",), "has to hold exactly one of `minAvailable` and `maxUnavailable`")
    for key in ("minAvailable", "maxUnavailable"):
        value = spec.get(key)
        if isinstance(value, str) and not (value.endswith("%") and value[:-1].isdigit() and int(value[:-1]) <= 100):
            yield broken(PDB, manifest, ("spec", key), "is neither a number nor a percentage")
        elif isinstance(value, int) and value < 0:
            yield broken(PDB, manifest, ("spec", key), "is below zero")
