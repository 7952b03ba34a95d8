"""Argo CD as it is in a cluster, on loopback: its controllers and repo server, Redis, a real API server."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

from tests.argocd.operators import operators
from tests.judges import require, require_crds
from tests.judges.cluster import Cluster
from tests.judges.control_plane import control_plane
from tests.judges.crd_install import install_files
from tests.judges.processes import LOOPBACK, free_ports, guard, start

NAMESPACE = "argocd"
CRDS = ("argo-cd/application-crd", "argo-cd/applicationset-crd", "argo-cd/appproject-crd",
        "argo-workflows/argoproj.io_cronworkflows", "argo-workflows/argoproj.io_workflows",
        "argo-workflows/argoproj.io_workflowtemplates", "external-secrets/external-secrets.io_externalsecrets",
        "keda/keda.sh_scaledobjects", "kserve/serving.kserve.io_inferenceservices",
        "kserve/serving.kserve.io_servingruntimes", "prometheus-operator/monitoring.coreos.com_prometheusrules",
        "prometheus-operator/monitoring.coreos.com_servicemonitors")
"""What the examples compile to and what Argo CD is made of; each costs the API server seconds."""
CONTROLLERS = "garbage-collector-controller,namespace-controller,disruption-controller"
PART = {"app.kubernetes.io/part-of": "argocd"}


@dataclass(frozen=True, slots=True)
class ArgoCD:
    cluster: Cluster
    processes: Mapping[str, Popen]
    folder: Path

    def dead(self) -> list[str]:
        """Return the last words of every program that ended."""
        return [f"{name}: {(self.folder / f'{name}.log').read_text(errors='replace')[-2000:]}"
                for name, process in self.processes.items() if process.poll() is not None]


@contextmanager
def argo_cd() -> Iterator[ArgoCD]:
    """Run the whole of it until the block ends."""
    with control_plane(require("etcd"), require("kube-apiserver")) as plane, ExitStack() as stack:
        install_files(plane.rest, [require_crds() / f"{name}.yaml" for name in CRDS])
        cluster = Cluster(plane.rest, kubeconfig=plane.kubeconfig)
        cluster.apply(_settings(plane.rest.address, _token(plane.kubeconfig)))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="judges-argocd-")))
        processes = _start_all(stack, folder, plane.kubeconfig)
        stack.enter_context(guard(folder, tuple(processes.values())))
        stack.enter_context(operators(plane.rest))
        yield ArgoCD(cluster, processes, folder)


def _start_all(stack: ExitStack, folder: Path, kubeconfig: Path) -> dict[str, Popen]:
    redis, repo, *others = free_ports(8)
    common = ["--redis", f"{LOOPBACK}:{redis}", "--loglevel", "info"]
    argo = str(require("argo-cd"))
    client = ["--kubeconfig", str(kubeconfig), "--namespace", NAMESPACE]
    repository = [f"{LOOPBACK}:{repo}", "--repo-server-plaintext"]
    commands = {
        "redis": [str(require("redis-server")), "--port", str(redis), "--bind", LOOPBACK, "--save", "",
                  "--appendonly", "no"],
        "kube-controller-manager": [
            str(require("kube-controller-manager")), "--kubeconfig", str(kubeconfig), "--leader-elect=false",
            "--controllers", CONTROLLERS, "--bind-address", LOOPBACK, "--secure-port", str(others[0]),
            "--cert-dir", str(folder / "manager")],
        "argocd-repo-server": [argo, *common, "--disable-tls", "--address", LOOPBACK, "--port", str(repo),
                               "--metrics-address", LOOPBACK, "--metrics-port", str(others[1])],
        "argocd-application-controller": [
            argo, *common, *client, "--repo-server", *repository, "--app-resync", "10", "--metrics-port",
            str(others[2]), "--self-heal-timeout-seconds", "1"],
        "argocd-applicationset-controller": [
            argo, *client, "--argocd-repo-server", *repository, "--metrics-addr", f"{LOOPBACK}:{others[3]}",
            "--probe-addr", f"{LOOPBACK}:{others[4]}", "--webhook-addr", f"{LOOPBACK}:{others[5]}"],
    }
    return {name: start(stack, folder, command, name=name, environment=_environment(name, folder, kubeconfig))
            for name, command in commands.items()}


def _environment(name: str, folder: Path, kubeconfig: Path) -> dict[str, str]:
    """Return what an Argo CD program is told: its part, and where `https://kubernetes.default.svc` is here."""
    (folder / "home").mkdir(exist_ok=True)
    return {"ARGOCD_BINARY_NAME": name, "ARGOCD_GPG_ENABLED": "false", "ARGOCD_FAKE_IN_CLUSTER": "true",
            "KUBECONFIG": str(kubeconfig), "HOME": str(folder / "home"), "TMPDIR": str(folder / "home"),
            "NO_PROXY": LOOPBACK, "GOMAXPROCS": "2"}


def _token(kubeconfig: Path) -> str:
    return json.loads(kubeconfig.read_text())["users"][0]["user"]["token"]


def _settings(address: str, token: str) -> list[dict]:
    """Return what an installation holds: settings, the default project, and the cluster of production."""
    def metadata(name: str, **labels: str) -> dict:
        return {"name": name, "namespace": NAMESPACE, "labels": {**PART, **labels}}

    config = json.dumps({"bearerToken": token, "tlsClientConfig": {"insecure": True}})
    return [
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata("argocd-cm"),
         "data": {"timeout.reconciliation": "10s", "timeout.reconciliation.jitter": "0s"}},
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata("argocd-rbac-cm")},
        {"apiVersion": "v1", "kind": "Secret", "metadata": metadata("argocd-secret"),
         "stringData": {"server.secretkey": "of-this-test-alone"}},
        {"apiVersion": "v1", "kind": "Secret", "metadata": {
            **metadata("production"), "labels": {**PART, "argocd.argoproj.io/secret-type": "cluster"}},
         "stringData": {"name": "production", "server": address, "config": config}},
        {"apiVersion": "argoproj.io/v1alpha1", "kind": "AppProject", "metadata": metadata("default"),
         "spec": {"sourceRepos": [], "destinations": []}},
    ]
