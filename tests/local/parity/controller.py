"""The real workflow-controller on a real API server."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.judges import require
from tests.judges.cluster import Cluster
from tests.judges.crd_install import install_crds
from tests.local.parity.corpus import NAMESPACE

# The controller watches these kinds, too; it minds what is in them, not what their schema says.
OPEN = ("WorkflowTaskSet", "WorkflowTaskResult", "WorkflowArtifactGCTask", "ClusterWorkflowTemplate")
# An artifact needs a place, or no pod is made; nobody reaches for this one.
CONFIG = """
instanceID: ""
metricsConfig: {enabled: false}
telemetryConfig: {enabled: false}
artifactRepository:
  s3: {bucket: none, endpoint: none:9000, insecure: true}
"""


@contextmanager
def controller(cluster: Cluster, scratch: Path) -> Iterator[None]:
    """Run the controller on a cluster, for one namespace, until the block ends."""
    binary = require("workflow-controller")
    _prepare(cluster, scratch)
    with (scratch / "controller.log").open("wb") as log:
        command = [str(binary), "--kubeconfig", str(cluster.kubeconfig), "--namespace", "argo", "--namespaced",
                   "--managed-namespace", NAMESPACE, "--executor-image", "none:1", "--qps", "500", "--burst",
                   "1000", "--workflow-workers", "4", "--loglevel", "error"]
        # Its own default is to look again after ten seconds.
        environment = {**os.environ, "LEADER_ELECTION_DISABLE": "true", "DEFAULT_REQUEUE_TIME": "200ms"}
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.kill()
            process.wait()


def _prepare(cluster: Cluster, scratch: Path) -> None:
    for kind in OPEN:
        (scratch / f"{kind.lower()}.yaml").write_text(_open_crd(kind))
    install_crds(cluster.rest, scratch)
    cluster.create_namespace("argo")
    cluster.create_namespace(NAMESPACE)
    cluster.apply([{"apiVersion": "v1", "kind": "ConfigMap", "data": {"config": CONFIG},
                    "metadata": {"name": "workflow-controller-configmap", "namespace": "argo"}}])


def _open_crd(kind: str) -> str:
    plural = f"{kind.lower()}s"
    scope = "Cluster" if kind.startswith("Cluster") else "Namespaced"
    return f"""apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {{name: {plural}.argoproj.io}}
spec:
  group: argoproj.io
  scope: {scope}
  names: {{kind: {kind}, listKind: {kind}List, plural: {plural}, singular: {kind.lower()}}}
  versions:
    - name: v1alpha1
      served: true
      storage: true
      schema: {{openAPIV3Schema: {{type: object, x-kubernetes-preserve-unknown-fields: true}}}}
"""
