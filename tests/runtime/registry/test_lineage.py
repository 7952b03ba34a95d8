"""Every question about a registered model is answered from the registry alone."""

import json
import shutil
import warnings

import pytest

from runtime.contract import LOCATIONS_VARIABLE
from runtime.registry.lineage import main
from runtime.registry.looking_up import client_of
from runtime.registry.record import from_tags, to_tags
from tests.runtime.listeners import HttpListener, listening

RECORD = {
    "project": "churn", "environment": "dev", "team": "growth", "run": "churn-training-x7", "revision": "c0ffee" * 6,
    "image": "ghcr.io/acme/train@sha256:aa", "verdict": "pass", "digest": "sha256:" + "ab" * 32,
    "uri": "s3://models/churn/ab", "key": "sha256:" + "cd" * 32,
    "sources": [{"name": "visits", "uri": "s3://lake/visits/", "with": "dvc", "revision": "deadbeef", "rows": 120,
                 "digest": "sha256:ee", "fallback_used": False}],
    "training": {"framework": "lightgbm", "algorithm": "dart", "parameters": {"n_estimators": 20}, "seed": 3,
                 "task": "classification", "target": "left", "libraries": {"lightgbm": "4.7.0"}},
    "split": {"by": "random", "seed": 7, "test": 0.25}, "metrics": {"roc_auc": 0.91},
    "gates": [{"name": "metric-roc-auc", "kind": "metric", "mode": "block", "outcome": "pass", "notes": [],
               "numbers": [{"name": "roc_auc", "value": 0.91, "relation": ">=", "limit": 0.9, "holds": True}]}]}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """An MLflow of two versions; making its tables costs seconds, so it is made once."""
    file = tmp_path_factory.mktemp("registry") / "mlflow.db"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        client = client_of(f"sqlite:///{file}")
        client.create_registered_model("churn")
        for record in (RECORD, {**RECORD, "revision": "\x1b[31mred", "key": None}):
            client.create_model_version("churn", source="file:///models", tags=to_tags(record) | {"other": "tag"})
    client.set_registered_model_alias("churn", "champion", "1")
    return file


@pytest.fixture
def registry(migrated, tmp_path):
    return f"sqlite:///{shutil.copy(migrated, tmp_path / 'mlflow.db')}"


def test_a_record_survives_its_tags():
    assert from_tags(to_tags(RECORD) | {"other": "tag"}) == RECORD
    with pytest.raises(ValueError, match="cannot keep metrics"):
        to_tags({"metrics": {"m" * 100_000: 1}})


def test_every_question_is_answered(registry, capsys):
    assert main(["churn@champion", "--registry", registry]) == 0
    said = capsys.readouterr().out
    for answer in ("churn version 1 @champion", "run churn-training-x7", "commit      c0ffee",
                   "120 rows of s3://lake/visits/ (dvc at deadbeef), content sha256:ee", "n_estimators = 20",
                   "pass metric-roc-auc (block)", "roc_auc: 0.91 >= 0.9", "key sha256:cdcd", "digest sha256:abab"):
        assert answer in said


def test_programs_get_json(registry, capsys):
    assert main(["churn@champion", "--registry", registry, "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert {key: said[key] for key in RECORD} == RECORD
    assert (said["model"], said["version"], said["aliases"]) == ("churn", "1", ["champion"])


def test_a_version_without_a_signature_says_so_and_writes_nothing_to_the_terminal(registry, capsys):
    assert main(["churn/2", "--registry", registry]) == 0
    said = capsys.readouterr().out
    assert "none: the model is not signed" in said
    assert "\x1b" not in said


def test_what_stands_for_the_registry_is_asked(registry, capsys, monkeypatch):
    monkeypatch.setenv(LOCATIONS_VARIABLE, json.dumps({"http://mlflow.mlflow.svc:5000": registry}))
    assert main(["churn@champion", "--registry", "http://mlflow.mlflow.svc:5000"]) == 0
    assert "churn version 1" in capsys.readouterr().out


@pytest.mark.parametrize(("model", "code", "message"), [
    pytest.param("churn@challenger", 1, "the registry has no churn@challenger", id="no such alias"),
    pytest.param("absent@champion", 1, "the registry has no absent@champion", id="no such model"),
    pytest.param("churn/9", 1, "the registry has no churn/9", id="no such version"),
    pytest.param("churn", 2, "neither MODEL@ALIAS nor MODEL/VERSION", id="no alias"),
    pytest.param("churn/one", 2, "neither MODEL@ALIAS nor MODEL/VERSION", id="no number"),
])
def test_what_is_not_there(registry, capsys, model, code, message):
    assert main([model, "--registry", registry]) == code
    assert message in capsys.readouterr().err


def test_a_registry_that_is_not_there_is_not_made(tmp_path, capsys):
    file = tmp_path / "absent.db"
    assert main(["churn@champion", "--registry", f"sqlite:///{file}"]) == 1
    assert "nothing was registered yet" in capsys.readouterr().err
    assert not file.exists()


def test_a_server_that_fails_is_the_environment(capsys, monkeypatch):
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    with listening(HttpListener()) as server:
        server.answers = [(500, {}, {"error_code": "INTERNAL_ERROR", "message": "no disk"})]
        assert main(["churn@champion", "--registry", server.url]) == 4
    assert "does not answer" in capsys.readouterr().err
