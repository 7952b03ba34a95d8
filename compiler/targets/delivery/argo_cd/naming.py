"""Names and metadata of the objects that live beside Argo CD itself."""

from collections.abc import Mapping
from typing import Any

from compiler.ir.plan import ReleasePlan
from compiler.targets.kubernetes.metadata import labels

API_VERSION = "argoproj.io/v1alpha1"
NAMESPACE = "argocd"
CONCERN = "delivery"
OWN_SERVER = "https://kubernetes.default.svc"
"""The cluster that Argo CD runs in, as it calls it."""


def application_name(plan: ReleasePlan) -> str:
    """Return the name of the Application and its AppProject: one Argo CD serves every environment."""
    return f"{plan.identity.name}-{plan.environment.name}"


def delivery_metadata(plan: ReleasePlan, *, annotations: Mapping[str, str]) -> dict[str, Any]:
    """Return metadata of an object of the plan in Argo CD's namespace."""
    body: dict[str, Any] = {"name": application_name(plan), "namespace": NAMESPACE, "labels": labels(plan, CONCERN)}
    return body | ({"annotations": dict(sorted(annotations.items()))} if annotations else {})
