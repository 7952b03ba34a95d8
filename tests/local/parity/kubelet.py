"""A stand-in for kubelet and Argo's executor: pods end as the script says, without a machine."""

import time
from collections.abc import Mapping
from typing import Any

from tests.judges.cluster import Cluster
from tests.local.parity.corpus import NAMESPACE, Case

PODS = f"/api/v1/namespaces/{NAMESPACE}/pods"
RESULTS = f"/apis/argoproj.io/v1alpha1/namespaces/{NAMESPACE}/workflowtaskresults"
WORKFLOWS = f"/apis/argoproj.io/v1alpha1/namespaces/{NAMESPACE}/workflows"
LABEL = "workflows.argoproj.io/workflow"
LIMIT_SECONDS = 120
POLL_SECONDS = 0.2


def play(cluster: Cluster, cases: Mapping[str, Case]) -> dict[str, dict[str, Any]]:
    """End pods as they come until every workflow is over; return the workflows by name."""
    deadline = time.monotonic() + LIMIT_SECONDS
    seen: set[str] = set()
    while True:
        for pod in cluster.rest.send("GET", PODS).body["items"]:
            if pod["metadata"]["uid"] not in seen:
                seen.add(pod["metadata"]["uid"])
                _end(cluster, pod, cases[pod["metadata"]["labels"][LABEL]])
        workflows = {one["metadata"]["name"]: one for one in cluster.rest.send("GET", WORKFLOWS).body["items"]}
        running = sorted(name for name in cases
                         if workflows[name].get("status", {}).get("phase") not in ("Succeeded", "Failed", "Error"))
        if not running:
            return workflows
        if time.monotonic() > deadline:
            raise TimeoutError(f"not over after {LIMIT_SECONDS} s: {running}")
        time.sleep(POLL_SECONDS)


def _end(cluster: Cluster, pod: Mapping[str, Any], case: Case) -> None:
    metadata = pod["metadata"]
    script = case.outcome(metadata["annotations"]["workflows.argoproj.io/node-name"])
    if script.get("never") and "activeDeadlineSeconds" not in pod["spec"]:
        return
    outputs = _outputs(script)
    if outputs and not (script.get("exit") or script.get("error") or script.get("never")):
        _accept(cluster.rest.send("POST", RESULTS, body={
            "apiVersion": "argoproj.io/v1alpha1", "kind": "WorkflowTaskResult",
            "metadata": {"name": metadata["annotations"]["workflows.argoproj.io/node-id"], "namespace": NAMESPACE,
                         "labels": {LABEL: metadata["labels"][LABEL],
                                    "workflows.argoproj.io/report-outputs-completed": "true"}},
            "outputs": outputs}))
    _accept(cluster.rest.send("PATCH", f"{PODS}/{metadata['name']}/status", body={"status": _status(script)},
                              content_type="application/merge-patch+json"))


def _outputs(script: Mapping[str, Any]) -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    if script.get("parameters"):
        outputs["parameters"] = [{"name": name, "value": value} for name, value in script["parameters"].items()]
    if script.get("artifacts"):
        outputs["artifacts"] = [{"name": name, "path": f"/{name}", "s3": {"key": name}} for name in script["artifacts"]]
    if "result" in script:
        outputs["result"] = script["result"]
    return outputs


def _status(script: Mapping[str, Any]) -> dict[str, Any]:
    if script.get("never"):
        return {"phase": "Failed", "reason": "DeadlineExceeded",
                "message": "Pod was active on the node longer than the specified deadline",
                "containerStatuses": [_container("main", 137), _container("wait", 0)]}
    if script.get("error"):
        return {"phase": "Failed", "initContainerStatuses": [_container("init", 1)]}
    code = script.get("exit", 0)
    return {"phase": "Failed" if code else "Succeeded",
            "containerStatuses": [_container("main", code), _container("wait", 0)]}


def _container(name: str, code: int) -> dict[str, Any]:
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return {"name": name, "image": "none:1", "imageID": "", "ready": False, "restartCount": 0,
            "state": {"terminated": {"exitCode": code, "reason": "Error" if code else "Completed",
                                     "startedAt": now, "finishedAt": now}}}


def _accept(answer: Any) -> None:
    if answer.is_refusal:
        raise RuntimeError(answer.message)
