"""Objects that nobody may remove by accident."""

from compiler.ir.plan import ReleasePlan

CONFIRM = {"argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm"}


def protection(plan: ReleasePlan) -> dict[str, str]:
    """Return the annotations of an object whose removal stops a service; empty outside production.

    Argo CD then keeps the object, gone from Git or not, until a person confirms.
    """
    return dict(CONFIRM) if plan.environment.mode == "production" else {}
