"""What a person at Argo CD's page sees and does: the state of the Applications, a refresh, a confirmation."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.argocd.system import NAMESPACE, ArgoCD

APPLICATION = ("argoproj.io/v1alpha1", "Application")
PATH = f"/apis/argoproj.io/v1alpha1/namespaces/{NAMESPACE}/applications"
PATIENCE_SECONDS = 240
REFRESH_SECONDS = 10
VOLATILE = ("managedFields", "resourceVersion", "generation", "creationTimestamp", "uid")


class Watcher:
    def __init__(self, argo: ArgoCD) -> None:
        self._argo = argo
        self._cluster = argo.cluster

    def applications(self) -> dict[str, dict]:
        return {app["metadata"]["name"]: app for app in self._cluster.get_all(*APPLICATION, namespace=NAMESPACE)}

    def refresh(self, *names: str, how: str = "normal") -> None:
        """Ask for a look at Git and at the cluster now; a webhook of the repository does the same."""
        for name in names:
            self.annotate(name, "argocd.argoproj.io/refresh", how)

    def confirm(self, name: str) -> None:
        """Agree to what an Application wants to remove: the button of the page sets this annotation."""
        self.annotate(name, "argocd.argoproj.io/deletion-approved", datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))

    def annotate(self, name: str, annotation: str, value: str) -> None:
        answer = self._cluster.rest.send("PATCH", f"{PATH}/{name}", content_type="application/merge-patch+json",
                                         body={"metadata": {"annotations": {annotation: value}}})
        assert answer.status in (200, 404), answer.message

    def until(self, what: str, holds: Callable[[], Any]) -> Any:
        """Return the first true value of holds; fail with the state of everything after a while."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (value := holds()):
            if time.monotonic() > deadline or self._argo.dead():
                raise TimeoutError(f"{what}: not so after {PATIENCE_SECONDS} s\n{self.describe()}")
            time.sleep(0.5)
        return value

    def until_synced(self, commit: str) -> dict[str, dict]:
        """Wait until every Application stands at commit with nothing out of sync; return them."""
        asked = 0.0

        def synced() -> dict[str, dict] | None:
            nonlocal asked
            apps = self.applications()
            if all(is_synced(app, commit) for app in apps.values()):
                return apps
            if time.monotonic() > asked + REFRESH_SECONDS:
                asked = time.monotonic()
                self.refresh(*(name for name, app in apps.items() if not is_at(app, commit)))
            return None

        return self.until(f"everything is synced at {commit}", synced)

    def describe(self) -> str:
        lines = self._argo.dead()
        for name, app in self.applications().items():
            status = app.get("status", {})
            lines.append(f"{name}: {status.get('sync', {}).get('status')} at {status.get('sync', {}).get('revision')}, "
                         f"{out_of_sync(app)}, {status.get('conditions')}, "
                         f"{status.get('operationState', {}).get('phase')}: "
                         f"{status.get('operationState', {}).get('message')}")
        return "\n".join(lines)

    def live(self, resource: dict) -> dict | None:
        """Return what the API server stores for an entry of `status.resources`."""
        version = "/".join(part for part in (resource.get("group"), resource["version"]) if part)
        return self._cluster.get(version, resource["kind"], resource["name"], namespace=resource.get("namespace"))

    def versions(self) -> dict[tuple, str]:
        """Return the resource version of every object that any Application manages, Applications apart.

        The controller writes into the status of an Application whenever it looks.
        """
        return {(name, resource["kind"], resource["name"]): live["metadata"]["resourceVersion"]
                for name, app in self.applications().items() for resource in app["status"].get("resources", ())
                if resource["kind"] != "Application" and (live := self.live(resource))}


def is_at(app: dict, commit: str) -> bool:
    return app.get("status", {}).get("sync", {}).get("revision") == commit


def is_synced(app: dict, commit: str) -> bool:
    operation = app.get("status", {}).get("operationState", {})
    return (is_at(app, commit) and app["status"]["sync"]["status"] == "Synced" and not out_of_sync(app)
            and "operation" not in app and operation.get("phase") == "Succeeded")


def out_of_sync(app: dict) -> list[str]:
    return [f"{resource['kind']}/{resource['name']}" for resource in app.get("status", {}).get("resources", ())
            if resource.get("status") != "Synced"]


def stable(live: dict) -> dict:
    """Return an object without what the API server counts."""
    metadata = {key: value for key, value in live["metadata"].items() if key not in VOLATILE}
    return {**live, "metadata": metadata}
