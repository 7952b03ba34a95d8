"""`diff --live` against a real API server, `submit` against a server that speaks Argo's paths."""

import json
import shutil
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import yaml

from tests.judges import REPOSITORY

PROJECT = "generated/staging/employment"


def mlproject(*arguments, **variables):
    return subprocess.run([sys.executable, "-W", "ignore", "-m", "compiler", *arguments], cwd=REPOSITORY, text=True,
                          env={"PATH": "/usr/bin:/bin", **variables}, capture_output=True, check=False)


@pytest.fixture(scope="module")
def synced(cluster, tmp_path_factory):
    """A repository whose serving manifests Argo CD has applied, in a namespace of this test alone."""
    root = tmp_path_factory.mktemp("live")
    shutil.copytree(REPOSITORY / "specs", root / "specs")
    folder = root / PROJECT
    folder.mkdir(parents=True)
    text = (REPOSITORY / PROJECT / "serving.yaml").read_text().replace("employment-staging", "judged-by-live")
    (folder / "serving.yaml").write_text(text)
    cluster.create_namespace("judged-by-live")
    for body in yaml.safe_load_all(text):
        path = cluster._served(body["apiVersion"], body["kind"]).item(body["metadata"]["name"], "judged-by-live")
        answer = cluster.rest.send("PATCH", path, body=body, content_type="application/apply-patch+yaml",
                                   query={"fieldManager": "argocd-controller"})
        assert not answer.is_refusal, answer.message
    return root


def edited(root, tmp_path, change):
    copy = tmp_path / "edited"
    shutil.copytree(root, copy)
    path = copy / PROJECT / "serving.yaml"
    path.write_text(change(path.read_text()))
    return copy


def diff(cluster, root):
    return mlproject("diff", "--live", "staging", "--root", str(root), "--kubeconfig", str(cluster.kubeconfig))


def test_what_is_synced_differs_in_nothing(cluster, synced):
    said = diff(cluster, synced)
    assert (said.returncode, said.stdout) == (0, ""), said.stderr


@pytest.mark.parametrize(("change", "line"), [
    pytest.param(lambda text: text.replace("maxReplicas: 10", "maxReplicas: 12"),
                 "  `spec.predictor.maxReplicas` 10 -> 12", id="a field that changes"),
    pytest.param(lambda text: text.replace("    scaleTarget: 20\n", ""), "  `spec.predictor.scaleTarget` 20 -> none",
                 id="a field that Git no longer names"),
    pytest.param(lambda text: text.replace("  name: employment\n", "  name: employment-b\n"),
                 "add InferenceService judged-by-live/employment-b", id="an object that is new"),
])
def test_each_difference_is_a_line_and_exit_3(cluster, synced, tmp_path, change, line):
    said = diff(cluster, edited(synced, tmp_path, change))
    assert said.returncode == 3, said.stdout + said.stderr
    assert line in said.stdout.splitlines()


def test_a_dry_run_stores_nothing(cluster, synced, tmp_path):
    diff(cluster, edited(synced, tmp_path, lambda text: text.replace("maxReplicas: 10", "maxReplicas: 12")))
    assert diff(cluster, synced).returncode == 0


def test_what_the_server_refuses_is_said_in_its_words(cluster, synced, tmp_path):
    said = diff(cluster, edited(synced, tmp_path, lambda text: text.replace("maxReplicas: 10", "maxReplicas: ten")))
    assert said.returncode == 1
    assert "refused InferenceService judged-by-live/employment: " in said.stdout


def test_no_cluster_is_an_environment_that_failed(tmp_path):
    said = mlproject("diff", "--live", "staging", "--kubeconfig", str(tmp_path / "none"))
    assert said.returncode == 4
    assert "help: check --kubeconfig" in said.stderr


def test_an_unknown_environment_is_wrong_use():
    assert mlproject("diff", "--live", "nowhere").returncode == 2


class Argo(BaseHTTPRequestHandler):
    """Argo's server, as far as one path: POST /api/v1/workflows/NAMESPACE/submit."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((self.path, self.headers["Authorization"], body))
        status, answer = self.server.answer
        text = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


@pytest.fixture
def argo():
    with ThreadingHTTPServer(("127.0.0.1", 0), Argo) as server:
        server.seen, server.answer = [], (200, {"metadata": {"name": "employment-x7k2p", "namespace": "employment-dev"},
                                                "spec": {}})
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def submit(argo, **variables):
    return mlproject("submit", "specs/employment/mlproject.yaml", "--env", "dev", "--server",
                     f"http://127.0.0.1:{argo.server_address[1]}", **variables)


def test_submit_asks_for_the_template_by_name(argo):
    said = submit(argo, ARGO_TOKEN="Bearer abc")
    assert (said.returncode, said.stdout) == (0, "employment-dev/employment-x7k2p\n"), said.stderr
    [(path, token, body)] = argo.seen
    assert (path, token) == ("/api/v1/workflows/employment-dev/submit", "Bearer abc")
    assert body["resourceKind"] == "WorkflowTemplate"
    text = (REPOSITORY / "generated/dev/employment/pipeline.yaml").read_text()
    template = next(body for body in yaml.safe_load_all(text) if body["kind"] == "WorkflowTemplate")
    assert body["resourceName"] == template["metadata"]["name"]


def test_what_argo_refuses_is_said_in_its_words(argo):
    argo.answer = (403, {"code": 7, "message": "you may not submit here"})
    said = submit(argo)
    assert said.returncode == 4
    assert "you may not submit here" in said.stderr


def test_submit_without_a_server_is_wrong_use():
    assert mlproject("submit", "specs/employment/mlproject.yaml", "--env", "dev").returncode == 2
