"""Scaling by requests, with KEDA and what Prometheus knows of the model servers."""

from collections.abc import Mapping
from typing import Any, Final

from compiler.artifact.artifact import Manifest
from compiler.ir.plan import ReleasePlan
from compiler.ir.service import Scaling
from compiler.source.path import FieldPath
from compiler.targets.kubernetes.metadata import metadata, object_name
from compiler.targets.kubernetes.metric_names import IN_FLIGHT, REQUESTS, owner
from compiler.targets.kubernetes.promql import number, selector
from compiler.targets.kubernetes.waves import SERVICE

METRICS: Final = ("concurrency", "rps")
"""What of a `Scaling` is counted in requests."""
_RATE_SECONDS: Final = 120


def scaled_object(plan: ReleasePlan, scaling: Scaling, *, deployment: str, prometheus: str) -> Manifest:
    """Return the ScaledObject that keeps the load of each replica of a deployment at the target."""
    body = {
        "apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject",
        "metadata": metadata(plan, object_name(plan), "serving", wave=SERVICE),
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": deployment},
            "minReplicaCount": scaling.minimum, "maxReplicaCount": scaling.maximum,
            # Where Prometheus does not answer, the replicas that carry the load stay.
            "fallback": {"failureThreshold": 3, "replicas": scaling.minimum, "behavior": "currentReplicasIfHigher"},
            "triggers": [_trigger(plan, scaling, prometheus)]}}
    origins: dict[FieldPath, FieldPath] = {
        ("spec", key): scaling.origin for key in ("minReplicaCount", "maxReplicaCount", "triggers")}
    return Manifest("serving", body, scaling.origin, origins)


def _trigger(plan: ReleasePlan, scaling: Scaling, prometheus: str) -> Mapping[str, Any]:
    return {"type": "prometheus", "metricType": "AverageValue", "metadata": {
        "serverAddress": prometheus, "query": _query(plan, scaling), "threshold": number(scaling.value),
        # No data is no reason to believe that nobody asks.
        "ignoreNullValues": "false"}}


def _query(plan: ReleasePlan, scaling: Scaling) -> str:
    if scaling.metric == "concurrency":
        return f"sum({selector(IN_FLIGHT, owner(plan))})"
    return f"sum(rate({selector(REQUESTS, owner(plan), window=_RATE_SECONDS)}))"
