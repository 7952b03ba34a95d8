"""The AppProject: the most that a commit to the project's folder can change."""

from collections.abc import Sequence
from typing import Any

from compiler.artifact.artifact import Manifest
from compiler.ir.plan import ReleasePlan
from compiler.targets.delivery.argo_cd.naming import API_VERSION, CONCERN, delivery_metadata
from compiler.targets.kubernetes.protection import protection

NAMESPACED_KINDS = (
    ("", "ConfigMap"), ("", "LimitRange"), ("", "ResourceQuota"), ("", "Service"), ("", "ServiceAccount"),
    ("apps", "Deployment"),
    ("argoproj.io", "CronWorkflow"), ("argoproj.io", "WorkflowTemplate"),
    ("autoscaling", "HorizontalPodAutoscaler"),
    ("external-secrets.io", "ExternalSecret"),
    ("keda.sh", "ScaledObject"),
    ("monitoring.coreos.com", "PrometheusRule"), ("monitoring.coreos.com", "ServiceMonitor"),
    ("networking.k8s.io", "NetworkPolicy"),
    ("policy", "PodDisruptionBudget"),
    ("rbac.authorization.k8s.io", "Role"), ("rbac.authorization.k8s.io", "RoleBinding"),
    ("serving.kserve.io", "InferenceService"), ("serving.kserve.io", "ServingRuntime"),
)
"""What targets write. No Secret, no Pod, no Job, no Workflow: none of them belongs into Git."""

CLUSTER_KINDS = (("", "Namespace"),)
"""What targets write outside of every namespace."""


def app_project(plan: ReleasePlan) -> Manifest:
    """Return the AppProject: one repository, one namespace of one cluster, the kinds that targets write."""
    delivery = plan.delivery
    spec: dict[str, Any] = {
        "description": f"{plan.identity.name} of team {plan.identity.team} in {plan.environment.name}",
        "sourceRepos": [delivery.repository],
        "destinations": [{"server": delivery.server, "namespace": plan.environment.namespace}],
        "clusterResourceWhitelist": _kinds(CLUSTER_KINDS),
        "namespaceResourceWhitelist": _kinds(NAMESPACED_KINDS),
        # Workflows are started by hand and by sensors: nobody's, and no reason to warn.
        "orphanedResources": {"warn": True, "ignore": [{"group": "argoproj.io", "kind": "Workflow"}]},
    }
    notes = {"argocd.argoproj.io/sync-wave": "-1", **protection(plan)}
    body = {"apiVersion": API_VERSION, "kind": "AppProject", "metadata": delivery_metadata(plan, annotations=notes),
            "spec": spec}
    return Manifest(CONCERN, body, delivery.origin,
                    {("spec", "destinations", 0, "namespace"): plan.environment.origin})


def _kinds(kinds: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"group": group, "kind": kind} for group, kind in kinds]
