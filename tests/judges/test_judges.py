"""Each judge lets a good document pass and refuses a bad one.

A judge that approves everything would make every test that asks it worthless.
"""

import subprocess
from pathlib import Path
from textwrap import dedent

import pytest

from tests.judges import require, require_crds
from tests.judges.cache import known_tools

VERSIONS = {
    "actionlint": ("-version", "1.7.12"),
    "amtool": ("--version", "0.25.0"),
    # Its version stands in a file that its own Makefile writes: what it knows of itself is its name.
    "argo-cd": ("--help", "argocd controls a Argo CD server"),
    "argo-lint": ("--version", "3.7.6"),
    "dockerfile-lint": ("--version", "0.30.0"),
    "etcd": ("--version", "3.6.5"),
    "great-expectations": ("--version", "1.24.1"),
    "kube-apiserver": ("--version", "v1.34.4"),
    "kube-controller-manager": ("--version", "v1.34.4"),
    "kubeconform": ("-v", "v0.7.0"),
    # It cannot name its own version: its flag --version chooses Kubernetes' one.
    "kubectl-validate": ("--help", "validate Kubernetes manifests"),
    "opa": ("version", "1.20.2"),
    "promtool": ("--version", "2.42.0"),
    "redis-server": ("--version", "v=7.0.15"),
    "workflow-controller": ("version", "workflow-controller: 3.7.6"),
    "yaml-language-server": ("--version", "2.0.0"),
}

STEP = "{name: step, container: {image: 'busybox:1.36', command: [echo]}}"


def workflow(first: str, second: str) -> str:
    return dedent(f"""
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {{name: two-steps, namespace: ml}}
        spec:
          entrypoint: main
          templates:
            - {STEP}
            - name: main
              dag:
                tasks:
                  - {{name: first, template: step{first}}}
                  - {{name: second, template: step{second}}}
        """)


def rule(expression: str) -> str:
    return f"groups: [{{name: model, rules: [{{alert: Slow, expr: '{expression}'}}]}}]\n"


def route(receiver: str) -> str:
    return f"route: {{receiver: {receiver}}}\nreceivers: [{{name: team}}]\n"


def github_workflow(runner: str) -> str:
    return f"on: push\njobs: {{test: {{{runner}, steps: [{{run: make test}}]}}}}\n"


def config_map(value: str) -> str:
    return f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata: {{key: {value}}}\n"


# Each is: file name, arguments before it, a good document, a bad one, a word of the refusal.
DOCUMENTS = {
    "opa": (
        "rules.rego", ("check", "--strict"),
        "package gate\n\nallow if input.score > 0.9\n",
        "package gate\n\nallow if { score := input.score; true }\n",
        "assigned var score unused"),
    "argo-lint": (
        "workflow.yaml", (), workflow("", ", depends: first"),
        workflow(", depends: second", ", depends: first"), "graph with cycle"),
    "promtool": (
        "rules.yaml", ("check", "rules"), rule("rate(seconds_sum[5m]) > 1"),
        rule("rate(seconds_sum) > 1"), "expected type range vector"),
    "amtool": (
        "alertmanager.yaml", ("check-config",), route("team"), route("nobody"),
        'undefined receiver "nobody"'),
    "dockerfile-lint": (
        "Dockerfile", (), "FROM scratch\nCMD [\"/bin/true\"]\n", "FROM scratch\nCMD /bin/true\n",
        "JSONArgsRecommended"),
    "actionlint": (
        "ci.yaml", (), github_workflow("runs-on: ubuntu-24.04"),
        github_workflow("name: test"), "runs-on"),
}


def judge(tool: str, *arguments: str | Path) -> tuple[bool, str]:
    """Return whether the tool approves, and all that it says."""
    finished = subprocess.run([require(tool), *arguments], check=False, text=True, timeout=120,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return finished.returncode == 0, finished.stdout


@pytest.mark.parametrize("tool", known_tools())
def test_is_the_pinned_version(tool):
    argument, version = VERSIONS[tool]
    approves, says = judge(tool, argument)
    assert approves
    assert version in says


@pytest.mark.parametrize("tool", DOCUMENTS)
def test_lets_a_good_document_pass(tool, tmp_path):
    name, arguments, good, _, _ = DOCUMENTS[tool]
    (tmp_path / name).write_text(good)
    approves, says = judge(tool, *arguments, tmp_path / name)
    assert approves, says


@pytest.mark.parametrize("tool", DOCUMENTS)
def test_refuses_a_bad_document(tool, tmp_path):
    name, arguments, _, bad, word = DOCUMENTS[tool]
    (tmp_path / name).write_text(bad)
    approves, says = judge(tool, *arguments, tmp_path / name)
    assert not approves
    assert word in says


@pytest.mark.parametrize(("document", "is_right"), [
    pytest.param(workflow("", ""), True, id="a workflow"),
    pytest.param(workflow("", ", no-such-field: 1"), False, id="an unknown field"),
    pytest.param(config_map("text"), True, id="a core kind"),
    pytest.param(config_map("12"), False, id="a core kind with a wrong type"),
])
def test_kubectl_validate(document, is_right, tmp_path):
    path = tmp_path / "document.yaml"
    path.write_text(document)
    crds = require_crds() / "argo-workflows"
    approves, says = judge("kubectl-validate", f"--local-crds={crds}", path)
    assert approves is is_right, says


@pytest.mark.parametrize(("document", "is_right"), [
    pytest.param(workflow("", ""), True, id="a workflow"),
    pytest.param(workflow("", ", no-such-field: 1"), False, id="an unknown field"),
    pytest.param(config_map("12"), False, id="a core kind with a wrong type"),
])
def test_kubeconform(document, is_right, tmp_path):
    path = tmp_path / "document.yaml"
    path.write_text(document)
    schemas = require_crds() / "_schemas"
    approves, says = judge("kubeconform", "-strict", f"-schema-location={schema_location(schemas)}",
                           path)
    assert approves is is_right, says


def schema_location(schemas: Path) -> str:
    group = '{{ if eq .Group "" }}core{{ else }}{{ .Group }}{{ end }}'
    return f"{schemas}/{group}/{{{{ .ResourceKind }}}}_{{{{ .ResourceAPIVersion }}}}.json"
