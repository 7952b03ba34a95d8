"""The command finds the registry that a spec names, and what stands for it; the runtime reads it."""

import json
import shutil
import warnings
from pathlib import Path

import pytest

from tests.repositories import ROOT, mlproject


@pytest.fixture
def repository(tmp_path) -> Path:
    shutil.copytree(ROOT / "specs", tmp_path / "specs")
    return tmp_path


def register(repository: Path) -> None:
    from runtime.registry.looking_up import client_of
    from runtime.registry.record import to_tags

    (repository / ".data").mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        client = client_of(f"sqlite:///{repository}/.data/mlflow.db")
        client.create_registered_model("dev-digits")
        client.create_model_version("dev-digits", source="file:///models", tags=to_tags({"revision": "c0ffee"}))
    client.set_registered_model_alias("dev-digits", "champion", "1")


def test_a_registered_model_is_found_through_its_spec(repository):
    register(repository)
    result = mlproject("lineage", "dev-digits@champion", "--format", "json", cwd=repository)
    assert (result.returncode, result.stderr) == (0, "")
    said = json.loads(result.stdout)
    assert (said["version"], said["aliases"], said["revision"]) == ("1", ["champion"], "c0ffee")


def test_nothing_was_registered_yet(repository):
    result = mlproject("lineage", "dev-digits@champion", cwd=repository)
    assert result.returncode == 1
    assert "nothing was registered yet" in result.stderr


@pytest.mark.parametrize(("model", "message"), [
    ("nobody@champion", "no spec of this repository registers `nobody`"),
    ("dev-digits", "neither MODEL@ALIAS nor MODEL/VERSION"),
])
def test_a_model_that_no_spec_knows(repository, model, message):
    result = mlproject("lineage", model, cwd=repository)
    assert result.returncode == 2
    assert message in result.stderr
    assert "help: " in result.stderr
