"""Render: hand a plan to each target that it needs."""

from collections.abc import Callable, Iterator
from typing import Any

from compiler.artifact.artifact import Artifact
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.plan import ReleasePlan

ALWAYS = (("access", "kubernetes"), ("secrets", "external-secrets"), ("monitoring", "prometheus"))
"""Targets that every plan goes to; they yield nothing where the plan asks for nothing."""

KIND_ORDER = (
    "Namespace", "AppProject", "Application", "ApplicationSet", "ResourceQuota", "LimitRange", "ServiceAccount", "Role",
    "RoleBinding", "NetworkPolicy", "ExternalSecret", "ConfigMap", "WorkflowTemplate", "CronWorkflow", "ServingRuntime",
    "InferenceService", "Deployment", "Service", "HorizontalPodAutoscaler", "ScaledObject", "PodDisruptionBudget",
    "ServiceMonitor", "PodMonitor", "PrometheusRule",
)
"""The order of objects inside a file."""


def render(plan: ReleasePlan, find: Callable[[str, str], Any]) -> Iterator[Artifact | Diagnostic]:
    """Yield what the targets of a plan make of it, in the order of their names."""
    for room, name in sorted(_targets(plan)):
        yield from find(room, name).render(plan)


def _targets(plan: ReleasePlan) -> Iterator[tuple[str, str]]:
    yield from ALWAYS
    yield "orchestrators", plan.orchestrator
    yield "delivery", plan.delivery.tool
    if plan.service is not None:
        yield "serving", plan.service.tool
