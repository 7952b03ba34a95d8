"""The roots: for each environment one Application that applies the Applications of its projects."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from compiler.artifact.artifact import Manifest
from compiler.ir.plan import ReleasePlan
from compiler.targets.delivery.argo_cd.application import sync_policy
from compiler.targets.delivery.argo_cd.naming import API_VERSION, NAMESPACE, OWN_SERVER
from compiler.targets.kubernetes.metadata import MANAGED_BY
from compiler.targets.kubernetes.protection import protection

INCLUDED = "*/delivery.yaml"


def roots(plans: Sequence[ReleasePlan]) -> Iterator[Manifest]:
    """Yield an AppProject and an Application for each environment of the plans, which are sorted by it.

    A project that leaves Git leaves Argo CD with it, except in production, where its
    Application asks for confirmation. The repository is that of the first plan.
    """
    argo = (plan for plan in plans if plan.delivery.tool == "argo-cd")
    for environment, group in groupby(argo, key=lambda plan: plan.environment.name):
        first = next(iter(group))
        # A dot stands in no name of a project: no Application of a project can be called like this one.
        name = f"mlproject.{environment}"
        yield Manifest(environment, _project(first, name), first.delivery.origin)
        yield Manifest(environment, _application(first, name), first.delivery.origin)


def _metadata(plan: ReleasePlan, name: str) -> dict[str, Any]:
    metadata: dict[str, Any] = {"name": name, "namespace": NAMESPACE, "labels": {
        "app.kubernetes.io/name": name, "app.kubernetes.io/managed-by": MANAGED_BY,
        "mlproject.dev/environment": plan.environment.name}}
    notes = protection(plan)
    return metadata | ({"annotations": notes} if notes else {})


def _project(plan: ReleasePlan, name: str) -> dict[str, Any]:
    return {
        "apiVersion": API_VERSION, "kind": "AppProject", "metadata": _metadata(plan, name),
        "spec": {
            "description": f"Applications of all projects in {plan.environment.name}",
            "sourceRepos": [plan.delivery.repository],
            "destinations": [{"server": OWN_SERVER, "namespace": NAMESPACE}],
            "clusterResourceWhitelist": [],
            "namespaceResourceWhitelist": [{"group": "argoproj.io", "kind": "AppProject"},
                                           {"group": "argoproj.io", "kind": "Application"}]}}


def _application(plan: ReleasePlan, name: str) -> dict[str, Any]:
    delivery = plan.delivery
    return {
        "apiVersion": API_VERSION, "kind": "Application", "metadata": _metadata(plan, name),
        "spec": {
            "project": name,
            "source": {"repoURL": delivery.repository, "targetRevision": delivery.revision,
                       "path": delivery.path.rpartition("/")[0],
                       "directory": {"recurse": True, "include": INCLUDED}},
            "destination": {"server": OWN_SERVER, "namespace": NAMESPACE},
            "syncPolicy": sync_policy(),
            "revisionHistoryLimit": 10}}
