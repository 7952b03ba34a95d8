"""Service accounts, and the little that the pods behind them may do in the cluster."""

from collections.abc import Iterator
from typing import Any

from compiler.artifact.artifact import Manifest
from compiler.ir.plan import ReleasePlan
from compiler.targets.access.kubernetes.components import run_components
from compiler.targets.kubernetes.metadata import metadata, object_name
from compiler.targets.kubernetes.waves import ACCESS


def identities(plan: ReleasePlan) -> Iterator[Manifest]:
    """Yield an account for each component; those of runs may report what became of a step, and no more."""
    runs = run_components(plan)
    for component in runs:
        # Argo's own container beside each step reports with this token; the steps themselves never see it.
        yield _account(plan, component, has_token=True)
    if plan.service is not None:
        yield _account(plan, "serving", has_token=False)
    if runs:
        yield _executor_role(plan)
    for component in runs:
        yield _executor_binding(plan, component)


def _account(plan: ReleasePlan, component: str, *, has_token: bool) -> Manifest:
    body = {
        "apiVersion": "v1", "kind": "ServiceAccount",
        "metadata": metadata(plan, object_name(plan, component), component, wave=ACCESS,
                             annotations=plan.access.annotations),
        "automountServiceAccountToken": has_token}
    return Manifest("access", body, plan.access.origin)


def _executor_role(plan: ReleasePlan) -> Manifest:
    return _access(plan, "Role", "executor", {"rules": [
        {"apiGroups": ["argoproj.io"], "resources": ["workflowtaskresults"], "verbs": ["create", "patch"]}]})


def _executor_binding(plan: ReleasePlan, component: str) -> Manifest:
    return _access(plan, "RoleBinding", f"{component}-executor", {
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": object_name(plan, "executor")},
        "subjects": [{"kind": "ServiceAccount", "name": object_name(plan, component),
                      "namespace": plan.environment.namespace}]})


def _access(plan: ReleasePlan, kind: str, part: str, content: dict[str, Any]) -> Manifest:
    body = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": kind,
            "metadata": metadata(plan, object_name(plan, part), "access", wave=ACCESS)}
    return Manifest("access", body | content, plan.access.origin)
