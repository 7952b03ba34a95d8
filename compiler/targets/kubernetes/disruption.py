"""Disruption budgets: how many replicas a drained node may take at once."""

from collections.abc import Mapping

from compiler.artifact.artifact import Manifest
from compiler.ir.plan import ReleasePlan
from compiler.ir.service import Service
from compiler.targets.kubernetes.metadata import metadata, object_name
from compiler.targets.kubernetes.waves import SERVICE


def disruption_budget(plan: ReleasePlan, service: Service, pod_labels: Mapping[str, str]) -> Manifest:
    """Return the budget of a service with at least two replicas: one at a time may go.

    Counted from the pods that go, never from those that stay: a minimum that equals the
    replicas there are would stop every drain of a node.
    """
    return Manifest("serving", {
        "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
        "metadata": metadata(plan, object_name(plan), "serving", wave=SERVICE),
        "spec": {"maxUnavailable": 1, "selector": {"matchLabels": dict(pod_labels)}}}, service.scaling.origin)
