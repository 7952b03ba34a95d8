"""Kubernetes itself: the namespace, who runs in it, whom it talks to, how much it may ask for."""

from collections.abc import Iterator

from compiler.artifact.artifact import Artifact
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.plan import ReleasePlan
from compiler.targets.access.kubernetes.identities import identities
from compiler.targets.access.kubernetes.limits import limit_range, refusals, resource_quota
from compiler.targets.access.kubernetes.namespace import namespace
from compiler.targets.access.kubernetes.network import network_policies
from compiler.targets.interface import Target

NAME = "kubernetes"


def render(plan: ReleasePlan) -> Iterator[Artifact | Diagnostic]:
    """Yield the namespace and what stands around the pods of the plan."""
    refused = tuple(refusals(plan, NAME))
    yield from refused
    if refused:
        return
    yield namespace(plan)
    yield resource_quota(plan)
    yield limit_range(plan)
    yield from identities(plan)
    yield from network_policies(plan)


TARGET = Target(NAME, render)
