# The tables are one case a line.
# ruff: noqa: E501
"""Gate replay: which past models a changed gate would let pass, from an export and from a real registry."""

import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from compiler.change.replay import PastError, PastModel, past_models, replay
from compiler.ir.pipeline import Gate
from compiler.review.past import of_file, of_registry
from compiler.review.plan import Wanted
from tests.change.histories import FILES, History, put
from tests.repositories import ROOT


def gate(minimum: float | None = None, maximum: float | None = None, *, name: str = "metric-roc-auc", mode: Any = "block",
         kind: str = "metric") -> Gate:  # fmt: skip
    return Gate(name, kind, mode, {"metric": "roc_auc", "minimum": minimum, "maximum": maximum}, ())


def model(version: str, value: float | None, *, gates: dict[str, tuple[float | None, ...]] | None = None) -> PastModel:
    return PastModel(version, {} if value is None else {"roc_auc": value}, gates or {})


MODELS = (model("1", 0.89), model("2", 0.91), model("3", 0.95), model("4", None))


@pytest.mark.parametrize(
    ("before", "after", "passes", "fails", "unknown"),
    [
        pytest.param([gate(0.94)], [gate(0.9)], ("2",), (), ("4",), id="looser"),
        pytest.param([gate(0.9)], [gate(0.94)], (), ("2",), ("4",), id="tighter"),
        pytest.param([gate(0.94)], [], ("1", "2"), (), ("4",), id="gone"),
        pytest.param([], [gate(0.9)], (), ("1",), ("4",), id="new"),
        pytest.param([gate(0.94)], [gate(0.94, mode="warn")], ("1", "2"), (), ("4",), id="only warns"),
        pytest.param([gate(None, 0.9)], [gate(None, 0.99)], ("2", "3"), (), ("4",), id="a ceiling"),
    ],
)
def test_a_changed_gate(before: list[Gate], after: list[Gate], passes: Any, fails: Any, unknown: Any) -> None:
    (found,) = replay(before, after, MODELS)
    assert (found.passes, found.fails, found.unknown) == (passes, fails, unknown)


def test_a_gate_that_stays_is_not_told() -> None:
    assert list(replay([gate(0.9)], [gate(0.9)], MODELS)) == []


def test_what_a_gate_measured_itself_counts_before_the_metric() -> None:
    recorded = model("1", 0.99, gates={"fairness-x": (0.05, 0.15)})
    before, after = (gate(None, limit, name="fairness-x", kind="fairness") for limit in (0.1, 0.2))
    (found,) = replay([before], [after], [recorded])
    assert found.passes == ("1",)
    assert found.message == "gate `fairness-x`: of 1 past models 1 would pass now (version 1) and 0 would fail now"


@pytest.mark.parametrize(
    "export", [{}, {"versions": [{}]}, {"versions": 3}, {"versions": [{"version": 1, "metrics": [], "gates": []}]}]
)
def test_what_is_no_export_is_refused(export: Any) -> None:
    with pytest.raises(PastError):
        past_models(export)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a real MLflow registry with three versions; the last one was registered by something else."""
    place = f"sqlite:///{tmp_path_factory.mktemp('registry') / 'mlflow.db'}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from mlflow import MlflowClient

        client = MlflowClient(tracking_uri=place, registry_uri=place)
        client.create_registered_model("fraud")
        for value in (0.89, 0.91):
            tags = {"mlproject.metrics": json.dumps({"roc_auc": value}), "mlproject.gates": "[]"}
            client.create_model_version("fraud", "file:///nowhere", tags=tags)
        run = client.create_run("0")
        client.log_metric(run.info.run_id, "roc_auc", 0.95)
        client.create_model_version("fraud", "file:///nowhere", run_id=run.info.run_id)
        client._tracking_client.store.engine.dispose()
    return place


@pytest.mark.xdist_group("mlflow")
def test_past_models_of_a_real_registry(registry: str, tmp_path: Path) -> None:
    past = of_registry({"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)})
    assert [(one.version, one.metrics) for one in past("fraud", registry)] == [
        ("1", {"roc_auc": 0.89}), ("2", {"roc_auc": 0.91}), ("3", {"roc_auc": 0.95})]  # fmt: skip
    assert past("fraud", f"sqlite:///{tmp_path}/none.db") == ()
    with pytest.raises(PastError):
        past("fraud' OR name != '", registry)


def test_a_plan_tells_what_an_export_says(tmp_path: Path) -> None:
    export = tmp_path / "export.json"
    versions = [
        {"version": number, "metrics": {"roc_auc": value}, "gates": []} for number, value in ((1, 0.91), (2, 0.95))
    ]
    export.write_text(json.dumps({"fraud": {"versions": versions}}))
    made = History(tmp_path / "repository", FILES)
    head = made.edit(put("validation", "gates", 0, "minimum", value=0.9))
    plan = made.plan(made.commits[0], head, wanted=Wanted(past=of_file(str(export)))).document
    assert plan is not None
    assert [one["message"] for one in plan["replay"]] == [
        "fraud [production] gate `metric-roc-auc`: of 2 past models 1 would pass now (version 1) and 0 would fail now"
    ]
