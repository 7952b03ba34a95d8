"""What holds between the parts of one pod, and between a pod and the object that makes it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.verify.finding import broken
from compiler.verify.workloads import pods

SELECTOR = "verify/selector"
RESTART_POLICY = "verify/restart-policy"
DUPLICATE_CONTAINER = "verify/duplicate-container"
TOLERATION = "verify/toleration"
SPREAD = "verify/spread"

_ENDING_KINDS: Final = frozenset({"Job", "CronJob"})


def selector_matches_labels(manifest: Manifest) -> Iterator[Diagnostic]:
    """A Deployment selects the pods of its own template."""
    if manifest.body["kind"] != "Deployment":
        return
    selector = manifest.body["spec"]["selector"]
    if not selector.get("matchLabels") and not selector.get("matchExpressions"):
        yield broken(SELECTOR, manifest, ("spec", "selector"), "selects nothing in particular")
    for pod in pods(manifest):
        for key, value in selector.get("matchLabels", {}).items():
            if pod.labels.get(key) != value:
                yield broken(SELECTOR, manifest, ("spec", "selector", "matchLabels", key),
                             "is not a label of the pod template")


def restart_policy(manifest: Manifest) -> Iterator[Diagnostic]:
    """Pods of a Job end; pods of a Deployment do not."""
    ends = manifest.body["kind"] in _ENDING_KINDS
    if not ends and manifest.body["kind"] != "Deployment":
        return
    for pod in pods(manifest):
        policy = pod.body.get("restartPolicy", "Always")
        if ends == (policy == "Always"):
            wanted = "`Never` or `OnFailure`" if ends else "`Always`"
            yield broken(RESTART_POLICY, manifest, (*pod.place, "restartPolicy"), f"met `{policy}`, expected {wanted}")


def container_names(manifest: Manifest) -> Iterator[Diagnostic]:
    """Containers of a pod have names of their own, init containers among them."""
    for pod in pods(manifest):
        seen: set[str] = set()
        for container in pod.containers:
            name = container.body.get("name")
            if name in seen:
                yield broken(DUPLICATE_CONTAINER, manifest, (*container.place, "name"),
                             f"a second container is called `{name}`")
            if name is not None:
                seen.add(name)


def scheduling(manifest: Manifest) -> Iterator[Diagnostic]:
    """Tolerations and spread constraints say something that the scheduler can act on."""
    for pod in pods(manifest):
        for index, toleration in enumerate(pod.body.get("tolerations", ())):
            problem = _toleration_problem(toleration)
            if problem:
                yield broken(TOLERATION, manifest, (*pod.place, "tolerations", index), problem)
        for index, constraint in enumerate(pod.body.get("topologySpreadConstraints", ())):
            labels = constraint.get("labelSelector", {}).get("matchLabels", {})
            if any(pod.labels.get(key) != value for key, value in labels.items()):
                yield broken(SPREAD, manifest, (*pod.place, "topologySpreadConstraints", index, "labelSelector"),
                             "selects other pods than its own, so that nothing is spread")


def _toleration_problem(toleration: Mapping[str, Any]) -> str | None:
    exists = toleration.get("operator", "Equal") == "Exists"
    if exists and toleration.get("value"):
        return "has a value, which the operator `Exists` does not take"
    if not exists and not toleration.get("key"):
        return "has no key, which only the operator `Exists` may lack"
    if "tolerationSeconds" in toleration and toleration.get("effect") != "NoExecute":
        return "has `tolerationSeconds`, which only the effect `NoExecute` takes"
    return None
