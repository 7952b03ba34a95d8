"""The namespace, and which pods it takes."""

from typing import Final

from compiler.artifact.artifact import Manifest
from compiler.ir.plan import ReleasePlan
from compiler.targets.kubernetes.metadata import labels
from compiler.targets.kubernetes.protection import protection
from compiler.targets.kubernetes.waves import NAMESPACE

# Our own containers keep `restricted`, and what does not is reported. It cannot be enforced: Argo's executor and
# KServe's storage initializer say nothing of privileges unless the platform gives them a security context, and
# then none of their pods would start.
_POD_SECURITY: Final = {"enforce": "baseline", "audit": "restricted", "warn": "restricted"}


def namespace(plan: ReleasePlan) -> Manifest:
    """Return the namespace, the one object that is outside of every namespace."""
    body = {
        "apiVersion": "v1", "kind": "Namespace",
        "metadata": {
            "name": plan.environment.namespace,
            "labels": labels(plan, "access")
            | {f"pod-security.kubernetes.io/{mode}": level for mode, level in _POD_SECURITY.items()},
            "annotations": protection(plan) | {"argocd.argoproj.io/sync-wave": str(NAMESPACE)}}}
    return Manifest("access", body, plan.environment.origin)
