"""The example projects get from their real data to features; skipped where `make data` has not run."""

import json
from pathlib import Path

import pytest
import yaml

from runtime.contract import EXIT_OK
from tests.repositories import ROOT
from tests.runtime.data.stepping import run

ROWS = {"employment": (51589, 17196), "flight-delay": (261847, 65499), "credit-default": (800, 200),
        "digits": (1438, 359)}


@pytest.fixture
def real_data(monkeypatch):
    """Point the places of the specs at what `make data` made; they are absolute, as the runner makes them."""
    if not (ROOT / ".data/gitops.git").is_dir():
        pytest.skip("the real data is not here: run `make data`")
    said = yaml.safe_load((ROOT / "specs/local.yaml").read_text())["locations"]
    monkeypatch.setenv("MLPROJECT_LOCATIONS", json.dumps(
        {uri: place if "://" in place else str(ROOT / place) + ("/" if place.endswith("/") else "")
         for uri, place in said.items()}))


def settings_of(project: str) -> dict:
    """Return what the compiler says to every step."""
    objects = yaml.load_all((ROOT / f"generated/dev/{project}/pipeline.yaml").read_text(), Loader=yaml.CSafeLoader)
    (plan,) = (each["data"]["plan.json"] for each in objects if each["kind"] == "ConfigMap")
    return json.loads(plan)["steps"]


@pytest.mark.usefixtures("real_data")
@pytest.mark.parametrize("project", sorted(ROWS))
def test_an_example_gets_from_its_real_data_to_features(tmp_path: Path, project: str) -> None:
    settings = settings_of(project)
    read = run("ingest", tmp_path, settings["ingest"])
    valid = run("validate", tmp_path, settings["validate"], {"data": read.outputs["data"]})
    profile = run("profile", tmp_path, settings["profile"], {"data": valid.outputs["data"]})
    made = run("features", tmp_path, settings["features"], {"data": valid.outputs["data"]})
    assert [each.code for each in (read, valid, profile, made)] == [EXIT_OK] * 4
    assert (made.numbers["rows.train"], made.numbers["rows.holdout"]) == ROWS[project]
