"""Every document in generated/ is accepted by the code of the system that it is for."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.judges import require, require_crds
from tests.judges.cluster import Cluster
from tests.judges.test_judges import schema_location
from tests.repositories import ROOT

GENERATED = ROOT / "generated"
FILES = sorted(GENERATED.rglob("*.yaml"))


def _documents(paths: list[Path]) -> list[dict[str, Any]]:
    return [document for path in paths for document in yaml.safe_load_all(path.read_text())]


def _run(*command: object) -> str:
    result = subprocess.run([str(word) for word in command], check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_there_is_something_to_judge() -> None:
    kinds = {document["kind"] for document in _documents(FILES)}
    assert kinds >= {"WorkflowTemplate", "CronWorkflow", "InferenceService", "PrometheusRule", "ServiceMonitor",
                     "ExternalSecret", "NetworkPolicy", "ResourceQuota", "AppProject", "Application"}


def test_kubectl_validate_accepts_everything() -> None:
    folders = sorted(path for path in require_crds().iterdir() if path.is_dir() and path.name != "_schemas")
    _run(require("kubectl-validate"), *(f"--local-crds={folder}" for folder in folders), *FILES)


def test_kubeconform_accepts_everything() -> None:
    schemas = require_crds() / "_schemas"
    core = f"{schemas}/core/{{{{ .ResourceKind }}}}_{{{{ .ResourceAPIVersion }}}}.json"
    _run(require("kubeconform"), "-strict", f"-schema-location={schema_location(schemas)}",
         f"-schema-location={core}", *FILES)


def test_argo_lint_accepts_every_workflow() -> None:
    folders = sorted({path.parent for path in FILES if path.name in ("pipeline.yaml", "batch.yaml")})
    assert folders
    for folder in folders:
        _run(require("argo-lint"), *sorted(folder.glob("pipeline.yaml")), *sorted(folder.glob("batch.yaml")))


def test_promtool_accepts_every_rule(tmp_path: Path) -> None:
    rules = [document for document in _documents(FILES) if document["kind"] == "PrometheusRule"]
    assert rules
    paths = []
    for position, rule in enumerate(rules):
        paths.append(tmp_path / f"{position}.yaml")
        paths[-1].write_text(yaml.safe_dump({"groups": rule["spec"]["groups"]}))
    _run(require("promtool"), "check", "rules", *paths)


def test_a_real_api_server_accepts_everything(cluster: Cluster) -> None:
    assert cluster.dry_run(_documents(FILES)) == []


def test_opa_accepts_the_policies() -> None:
    opa = require("opa")
    folders = sorted(path for path in (ROOT / "policies").iterdir() if path.is_dir())
    _run(opa, "check", "--strict", *folders)
    _run(opa, "test", *folders)
    assert _run(opa, "fmt", "--list", *folders) == ""


def test_every_reader_of_yaml_and_json_agrees() -> None:
    from ruamel.yaml import YAML

    modern = YAML(typ="safe", pure=True)
    for path in FILES:
        text = path.read_text()
        assert list(yaml.safe_load_all(text)) == list(modern.load_all(text)), path
