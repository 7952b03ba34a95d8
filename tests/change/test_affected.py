# ruff: noqa: E501
"""Only what a change affects is looked at; and what an upgrade changes is told once for all projects."""

import json
from pathlib import Path

import pytest

from tests.change.histories import FILES, SPEC, History, State
from tests.repositories import mlproject

NAMES = ("alpha", "beta", "gamma")


def spec(name: str) -> State:
    quiet = {**FILES[SPEC]["data"]["sources"][0], "classification": "public", "owner": "risk"}
    metadata = {**FILES[SPEC]["metadata"], "name": name, "tier": "experimental", "scores_people": False}
    return {**FILES[SPEC], "metadata": metadata, "data": {"sources": [quiet], "target": "label"},
            "deployment": {"enabled": False}, "environments": {"dev": {"mode": "development"}}}  # fmt: skip


def place(name: str) -> str:
    return f"specs/{name}/mlproject.yaml"


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path, {place(name): spec(name) for name in NAMES})


@pytest.mark.parametrize(
    ("path", "said"),
    [
        pytest.param(None, "checked 0 specs", id="nothing"),
        pytest.param("README.md", "checked 0 specs", id="what is no input"),
        pytest.param("specs/beta/mlproject.lock", "checked 1 spec ", id="a lock"),
        pytest.param("policies/data/own.json", "checked 3 specs", id="what all share"),
        pytest.param("specs/defaults.yaml", "checked 3 specs", id="defaults"),
    ],
)
def test_check_looks_at_what_changed(history: History, path: str | None, said: str) -> None:
    contents = {"specs/beta/mlproject.lock": {"apiVersion": "mlproject.dev/v1alpha1", "kind": "MLProjectLock", "environments": {}},
                "specs/defaults.yaml": {"apiVersion": "mlproject.dev/v1alpha1", "kind": "MLProjectDefaults", "defaults": {}}}  # fmt: skip
    if path:
        history.state[path] = contents.get(path, {"own": {}})
        history.write()
    done = mlproject("check", "--changed-since", "HEAD", cwd=history.root)
    assert (done.returncode, said in done.stderr) == (0, True), done.stderr


def test_compile_writes_what_changed_and_everything_when_a_spec_is_gone(history: History) -> None:
    assert mlproject("compile", cwd=history.root).returncode == 0
    history.state |= {place("beta"): {**spec("beta"), "training": {**spec("beta")["training"], "seed": 9}}}
    history.write()
    one = mlproject("compile", "--changed-since", "HEAD", cwd=history.root)
    assert "compiled 1 spec into 1 folder" in one.stderr
    (history.root / place("gamma")).unlink()
    all_of_them = mlproject("compile", "--changed-since", "HEAD", cwd=history.root)
    assert "compiled 2 specs" in all_of_them.stderr
    assert not (history.root / "generated/dev/gamma/pipeline.yaml").exists()


def test_a_revision_that_is_none_is_said(history: History) -> None:
    done = mlproject("check", "--changed-since", "nowhere", cwd=history.root)
    assert (done.returncode, "is no commit" in done.stderr) == (2, True), done.stderr


def test_an_upgrade_tells_each_difference_once(history: History) -> None:
    assert mlproject("compile", cwd=history.root).returncode == 0
    for path in history.root.glob("generated/dev/*/pipeline.yaml"):
        path.write_text(path.read_text().replace("concurrencyPolicy: Forbid", "concurrencyPolicy: Allow"))  # fmt: skip
    for path in history.root.glob("generated/dev/*/index.json"):
        path.write_text(path.read_text().replace('"0.1.0"', '"0.0.9"'))
    said = json.loads(mlproject("upgrade-report", "--format", "json", cwd=history.root).stdout)
    assert (said["from"], said["folders"], said["differ"]) == (["0.0.9"], 3, 3)
    (one,) = said["differences"]
    assert (one["kind"], one["old"], one["new"], one["folders"], one["projects"]) == (
        "CronWorkflow", "Allow", "Forbid", 3, list(NAMES))  # fmt: skip
    text = mlproject("upgrade-report", cwd=history.root).stdout
    assert "from 0.0.9 to 0.1.0: 3 of 3 folders differ" in text
    assert "3 folders of alpha, beta, gamma" in text


def test_new_defaults_are_told_once_for_all_projects(history: History) -> None:
    history.state["specs/defaults.yaml"] = {"apiVersion": "mlproject.dev/v1alpha1", "kind": "MLProjectDefaults",
                                            "defaults": {"platform": {"sampling": 3}, "training": {"seed": 5}}}  # fmt: skip
    history.commit()
    done = mlproject("upgrade-report", "--base", "HEAD~1", cwd=history.root)
    assert done.returncode == 0, done.stderr
    assert "retrains because `training.seed` 0 -> 5; at the next run" in done.stdout
    assert done.stdout.count("\n") == 2
    assert "alpha, beta, gamma" in done.stdout
