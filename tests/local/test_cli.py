"""`mlproject run`, `runs`, `logs`: wrong use, and a run of a real spec that its missing data ends."""

import json
import shutil
from pathlib import Path

import pytest

from tests.repositories import ROOT, mlproject


@pytest.mark.parametrize(("words", "message"), [
    pytest.param((), "name either a spec, or a run with --resume", id="nothing"),
    pytest.param(("specs/digits", "--resume", "x"), "name either a spec, or a run", id="both"),
    pytest.param(("--resume", "no-such-run"), "there is no run no-such-run", id="no run"),
    pytest.param(("specs/digits", "--env", "nowhere"), "nowhere", id="no environment"),
    pytest.param(("specs/digits", "--workflow", "x"), "there is no workflow `x` here, expected one of", id="workflow"),
    pytest.param(("specs/digits", "--set", "x=1"), "the workflow has no parameter `x`", id="no parameter"),
    pytest.param(("specs/digits", "--from", "train"), "there is no earlier run", id="nothing to begin from"),
])
def test_wrong_use(words, message, tmp_path):
    result = mlproject("run", *words, "--runs", str(tmp_path / "runs"), cwd=ROOT)
    assert result.returncode == 2
    assert message in result.stderr
    assert not (tmp_path / "runs").exists()


@pytest.fixture(scope="module")
def ended(tmp_path_factory) -> Path:
    """A repository in which the training of an example ran, with data that is none: refused, and not tried again."""
    root = tmp_path_factory.mktemp("repository")
    shutil.copytree(ROOT / "specs", root / "specs", ignore=shutil.ignore_patterns("local.yaml"))
    (root / "specs" / "local.yaml").write_text(
        "apiVersion: mlproject.dev/v1alpha1\nkind: MLProjectLocal\nlocations: {'s3://vision-lake/': lake/}\n")
    (root / "lake/curated/digits").mkdir(parents=True)
    (root / "lake/curated/digits/images.parquet").write_text("this is no parquet")
    result = mlproject("run", "specs/digits", "--name", "one", "--isolate", cwd=root)
    assert result.returncode == 1, result.stderr
    (root / "stderr").write_text(result.stderr)
    return root


def test_a_run_says_what_happens_and_why_it_ends(ended):
    said = (ended / "stderr").read_text()
    assert "nothing stands for secret://mlproject/signing#private-key" in said
    assert "ingest" in said
    assert "train                              Omitted" in said
    assert "log: runs/one/nodes/ingest" in said


def test_the_run_is_listed(ended):
    rows = json.loads(mlproject("runs", "--format", "json", cwd=ended).stdout)
    assert [(row["name"], row["spec"], row["environment"], row["phase"]) for row in rows] == [
        ("one", "specs/digits", "dev", "Failed")]
    assert mlproject("runs", cwd=ended).stdout.splitlines()[1].split()[:4] == ["one", "specs/digits", "dev", "Failed"]


def test_its_logs(ended):
    every = mlproject("logs", "one", cwd=ended).stdout
    assert "==> ingest" in every
    assert "==> onExit" not in mlproject("logs", "one", "ingest", cwd=ended).stdout
    assert mlproject("logs", "one", "ingest", "--follow", cwd=ended).stdout
    refused = mlproject("logs", "one", "no-such-step", cwd=ended)
    assert (refused.returncode, "expected one of" in refused.stderr) == (2, True)


def test_status_has_the_shape_of_argo(ended):
    status = json.loads((ended / "runs" / "one" / "status.json").read_text())
    assert status["phase"] == "Failed"
    node = status["nodes"]["one"]
    assert {"id", "name", "displayName", "type", "phase", "startedAt", "finishedAt", "children"} <= set(node)
    assert (node["type"], node["displayName"]) == ("DAG", "one")


def test_resumed_when_it_has_ended_it_does_nothing_more(ended):
    before = (ended / "runs" / "one" / "status.json").read_bytes()
    result = mlproject("run", "--resume", "one", cwd=ended)
    assert result.returncode == 1
    assert json.loads(before)["nodes"] == json.loads((ended / "runs/one/status.json").read_text())["nodes"]
