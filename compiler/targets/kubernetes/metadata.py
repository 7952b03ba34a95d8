"""Names, labels and annotations of every object."""

from collections.abc import Mapping
from typing import Any

from compiler.ir.plan import ReleasePlan

MANAGED_BY = "mlproject-compiler"


def object_name(plan: ReleasePlan, part: str = "") -> str:
    """Return the name of an object of the plan: prefix, project, and the part if there is one."""
    name = plan.identity.prefix + plan.identity.name
    return f"{name}-{part}" if part else name


def labels(plan: ReleasePlan, component: str) -> dict[str, str]:
    """Return the labels of an object; `component` says what it is for (training, serving, ...)."""
    return selector(plan, component) | {
        "app.kubernetes.io/part-of": plan.identity.name,
        "app.kubernetes.io/managed-by": MANAGED_BY,
        "mlproject.dev/team": plan.identity.team,
        "mlproject.dev/tier": plan.identity.tier,
        "mlproject.dev/environment": plan.environment.name,
    }


def selector(plan: ReleasePlan, component: str) -> dict[str, str]:
    """Return the labels that find the pods of a component."""
    return {"app.kubernetes.io/name": object_name(plan), "app.kubernetes.io/component": component}


def metadata(plan: ReleasePlan, name: str, component: str, *, wave: int = 0,
             annotations: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return metadata of a namespaced object; `wave` orders its application, lower first."""
    body: dict[str, Any] = {"name": name, "namespace": plan.environment.namespace, "labels": labels(plan, component)}
    notes = dict(sorted((annotations or {}).items()))
    if wave:
        notes["argocd.argoproj.io/sync-wave"] = str(wave)
    return body | ({"annotations": notes} if notes else {})
