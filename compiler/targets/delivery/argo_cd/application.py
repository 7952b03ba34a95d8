"""The Application: what Argo CD applies, and how it behaves when Git and the cluster differ."""

from typing import Any

from compiler.artifact.artifact import Manifest
from compiler.ir.plan import ReleasePlan
from compiler.targets.delivery.argo_cd.differences import differences
from compiler.targets.delivery.argo_cd.naming import API_VERSION, CONCERN, application_name, delivery_metadata
from compiler.targets.kubernetes.protection import protection

CASCADE = "resources-finalizer.argocd.argoproj.io"
"""With this finalizer, the objects of an Application go with it."""
NOT_APPLIED = "{index.json,delivery.yaml}"
"""Files beside the manifests: our index, and this Application itself, which another one applies."""
SYNC_OPTIONS = (
    "CreateNamespace=false", "ServerSideApply=true", "PruneLast=true", "FailOnSharedResource=true",
    "ApplyOutOfSyncOnly=true", "RespectIgnoreDifferences=true")


def application(plan: ReleasePlan) -> Manifest:
    """Return the Application of a plan.

    Outside production, what it applied goes with it. In production nothing goes before a
    person confirms, and what serves outlives an Application that was removed by mistake.
    """
    delivery = plan.delivery
    metadata = delivery_metadata(plan, annotations=protection(plan))
    if plan.environment.mode != "production":
        metadata["finalizers"] = [CASCADE]
    spec = {
        "project": application_name(plan),
        "source": {"repoURL": delivery.repository, "targetRevision": delivery.revision, "path": delivery.path,
                   "directory": {"exclude": NOT_APPLIED}},
        "destination": {"server": delivery.server, "namespace": plan.environment.namespace},
        "syncPolicy": sync_policy(),
        "ignoreDifferences": differences(),
        "info": _info(plan),
        "revisionHistoryLimit": 10,
    }
    body = {"apiVersion": API_VERSION, "kind": "Application", "metadata": metadata, "spec": spec}
    return Manifest(CONCERN, body, delivery.origin,
                    {("spec", "destination", "namespace"): plan.environment.origin})


def sync_policy() -> dict[str, Any]:
    """Return the policy of every Application: Git decides, but a folder that lost all its files decides nothing.

    That is `allowEmpty: false`, which is not written: Argo CD stores an Application without this default, and what
    Git does not say cannot differ.
    """
    return {
        "automated": {"prune": True, "selfHeal": True},
        "syncOptions": list(SYNC_OPTIONS),
        "retry": {"limit": 5, "backoff": {"duration": "30s", "factor": 2, "maxDuration": "10m"}}}


def _info(plan: ReleasePlan) -> list[dict[str, str]]:
    """Return what a person sees beside the Application; a link is to https, for the page makes it clickable."""
    repository = plan.delivery.repository
    links = [{"name": "Repository", "value": repository}] if repository.startswith("https://") else []
    return [{"name": "Team", "value": plan.identity.team}, {"name": "Tier", "value": plan.identity.tier}, *links]
