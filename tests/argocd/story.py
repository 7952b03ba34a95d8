"""One life of a GitOps repository under the real Argo CD; what was seen at each point is kept, and tests read it.

All of it happens once: to bring everything in sync takes far longer than to look at it.
"""

from dataclasses import dataclass
from pathlib import Path

from tests.argocd.repository import GitOps
from tests.argocd.system import ArgoCD
from tests.argocd.watching import Watcher, stable

ENVIRONMENTS = ("dev", "production", "staging")
SERVICE = {"group": "serving.kserve.io", "version": "v1beta1", "kind": "InferenceService", "name": "employment",
           "namespace": "employment-staging"}
REMOVED = "credit-default"
NEXT = "9" * 64
"""The digest of the model that is promoted; nothing here pulls a model."""


@dataclass(frozen=True)
class Story:
    commit: str
    synced: dict[str, dict]
    rendered: frozenset[str]
    versions_before: dict[tuple, str]
    versions_after: dict[tuple, str]
    service_before: dict
    service_promoted: dict
    service_reverted: dict
    service_healed: dict
    unconfirmed: dict[str, dict]
    unconfirmed_root: dict
    kept_in_production: list[str]
    left_in_dev: list[dict]
    confirmed: dict[str, dict]
    kept_after_confirmation: list[str]
    dead: list[str]


def live_through(argo: ArgoCD, folder: Path) -> Story:
    """Sync every environment, look twice, promote, revert, edit by hand, remove a project, confirm it."""
    watcher, gitops = Watcher(argo), GitOps(folder, production=argo.cluster.rest.address)
    commit, rendered = _first_commit(argo, gitops)
    watcher.until("there is an Application for each project", lambda: rendered <= watcher.applications().keys())
    synced = watcher.until_synced(commit)
    before, after = _second_pass(watcher)
    service, promoted, reverted = _promote_and_revert(watcher, gitops)
    healed = _edit_by_hand(argo, watcher, reverted)
    removal = _remove(argo, watcher, gitops)
    return Story(commit, synced, rendered, before, after, service, promoted, reverted, healed, *removal, argo.dead())


def _first_commit(argo: ArgoCD, gitops: GitOps) -> tuple[str, frozenset[str]]:
    commit = gitops.compile_and_push("the examples")
    for environment in ENVIRONMENTS:
        # All that a person ever applies by hand.
        argo.cluster.apply(gitops.objects(f"repository/{environment}.yaml"))
    names = {f"mlproject.{environment}" for environment in ENVIRONMENTS}
    names |= {f"{path.parent.name}-{path.parents[1].name}" for path in
              (gitops.clone / "generated").glob("*/*/delivery.yaml")}
    return commit, frozenset(names)


def _second_pass(watcher: Watcher) -> tuple[dict, dict]:
    before = watcher.versions()
    stamps = {name: app["status"]["reconciledAt"] for name, app in watcher.applications().items()}
    watcher.refresh(*stamps, how="hard")
    watcher.until("every Application was looked at again", lambda: all(
        app["status"]["reconciledAt"] != stamps[name] and "operation" not in app
        for name, app in watcher.applications().items()))
    return before, watcher.versions()


def _promote_and_revert(watcher: Watcher, gitops: GitOps) -> tuple[dict, dict, dict]:
    first = watcher.live(SERVICE)
    lock = "specs/employment/mlproject.lock"
    former = next(line for line in (gitops.clone / lock).read_text().splitlines() if "digest:" in line)
    head, text, tail = (gitops.clone / lock).read_text().partition("  production:")
    changed = head.replace('version: "1"', 'version: "2"').replace("employment/1/", "employment/2/").replace(
        former, former.partition("sha256:")[0] + "sha256:" + NEXT)
    (gitops.clone / lock).write_text(changed + text + tail)
    watcher.until_synced(gitops.compile_and_push("promote employment 2 to staging"))
    promoted = watcher.live(SERVICE)
    gitops.git("revert", "--no-edit", "HEAD")
    watcher.until_synced(gitops.push())
    return stable(first), stable(promoted), stable(watcher.live(SERVICE))


def _edit_by_hand(argo: ArgoCD, watcher: Watcher, wanted: dict) -> dict:
    """Give the live service another number of replicas, as with kubectl edit; return what it is a while later."""
    path = f"/apis/serving.kserve.io/v1beta1/namespaces/{SERVICE['namespace']}/inferenceservices/{SERVICE['name']}"
    answer = argo.cluster.rest.send("PATCH", path, content_type="application/merge-patch+json",
                                    query={"fieldManager": "kubectl-edit"},
                                    body={"spec": {"predictor": {"maxReplicas": 77}}})
    assert answer.status == 200, answer.message
    assert answer.body["spec"]["predictor"]["maxReplicas"] == 77
    watcher.until("the hand edit is healed", lambda: watcher.live(SERVICE)["spec"] == wanted["spec"])
    return stable(watcher.live(SERVICE))


def _remove(argo: ArgoCD, watcher: Watcher, gitops: GitOps) -> tuple:
    """Remove a project from Git; wait until dev is rid of it and production asks; then confirm."""
    production = watcher.applications()[f"{REMOVED}-production"]["status"]["resources"]
    dev = watcher.applications()[f"{REMOVED}-dev"]["status"]["resources"]
    gitops.git("rm", "-r", "--quiet", f"specs/{REMOVED}")
    gitops.compile_and_push(f"remove {REMOVED}")
    watcher.refresh("mlproject.dev", "mlproject.production")
    watcher.until("dev lost the project", lambda: f"{REMOVED}-dev" not in watcher.applications())
    watcher.until("production asks", lambda: "confirm" in _message(watcher.applications()["mlproject.production"]))
    unconfirmed = watcher.applications()
    kept = [entry["name"] for entry in production if watcher.live(entry)]
    left = [entry for entry in dev if watcher.live(entry)]
    watcher.confirm("mlproject.production")
    watcher.until("production lost the project", lambda: f"{REMOVED}-production" not in watcher.applications())
    after = [entry["name"] for entry in production if watcher.live(entry)]
    return unconfirmed, unconfirmed["mlproject.production"], kept, left, watcher.applications(), after


def _message(app: dict) -> str:
    return app.get("status", {}).get("operationState", {}).get("message", "")
