"""Distances are those of the textbooks, and production's window is held against them."""

import http.server
import json
import shutil
import threading
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.spatial.distance import jensenshannon
from sklearn.datasets import load_breast_cancer

from runtime.bundle import write_manifest
from runtime.contract import EXIT_OK, EXIT_REFUSED
from runtime.data.tables import write_table
from runtime.drift.distances import cramers_v, distance, jensen_shannon
from runtime.drift.distributions import describe
from runtime.drift.predictions import PREDICTIONS, describe_predictions
from runtime.features.fitting import fit
from runtime.metrics import Gauge, exposition
from runtime.models.onnx_model import OnnxModel
from tests.runtime.data.stepping import run


def normal(shift=0.0, spread=1.0, seed=1, rows=20_000):
    return np.random.default_rng(seed).normal(shift, spread, rows)


def classes(*shares, rows=10_000):
    return np.repeat(np.array([f"c{n}" for n in range(len(shares))], dtype=object), [int(s * rows) for s in shares])


def test_wasserstein_and_ks_are_those_of_scipy():
    before, now = normal(), normal(0.5, 1.3, seed=2)
    described = describe("x", "float64", before)
    # Quantiles at 201 places stand for the sample: that costs a little of the tails.
    assert distance(described, now, "wasserstein") == pytest.approx(
        stats.wasserstein_distance(before, now) / before.std(), rel=0.02)
    assert distance(described, now, "ks") == pytest.approx(stats.ks_2samp(before, now).statistic, abs=0.006)


def test_jensen_shannon_and_chi2_are_those_of_scipy():
    before, now = np.array([500.0, 300, 0, 200]), np.array([40.0, 30, 20, 10])
    assert jensen_shannon(before, now) == pytest.approx(jensenshannon(before, now, base=2))
    chi2 = stats.chi2_contingency(np.stack([before, now]), correction=False).statistic
    assert cramers_v(before, now) == pytest.approx(np.sqrt(chi2 / (before.sum() + now.sum())))


def test_psi_is_its_definition():
    described = describe("x", "category", classes(0.5, 0.3, 0.2))
    expected = sum((q - p) * np.log(q / p) for p, q in ((0.5, 0.2), (0.3, 0.3), (0.2, 0.5)))
    assert distance(described, classes(0.2, 0.3, 0.5), "psi") == pytest.approx(expected)


@pytest.mark.parametrize("statistic", ["psi", "jensen-shannon", "wasserstein", "chi2", "ks"])
def test_the_same_distribution_is_near_and_another_is_far(statistic):
    described = describe("x", "float64", normal())
    assert distance(described, normal(seed=9), statistic) < 0.03
    assert distance(described, normal(1.0, seed=9), statistic) > 0.3


@pytest.mark.parametrize(("kind", "before", "now"), [
    pytest.param("category", classes(0.5, 0.5), np.array(["new"] * 500, dtype=object), id="classes never seen"),
    pytest.param("float64", normal(), np.array([None] * 500, dtype=object), id="every value missing"),
    pytest.param("int8", np.repeat([0, 1], 500), np.repeat([2], 500), id="a number above all of a few"),
    pytest.param("float64", np.repeat([3.0], 500), np.repeat([2.0], 500), id="a constant that changed"),
])
def test_what_training_never_saw_is_far(kind, before, now):
    assert distance(describe("x", kind, before), now, "psi") > 1


@pytest.mark.parametrize(("kind", "before", "statistic"), [
    ("category", classes(0.5, 0.5), "wasserstein"), ("category", classes(0.5, 0.5), "ks"),
    ("float64", np.full(5, np.nan), "wasserstein")])
def test_what_a_statistic_cannot_say(kind, before, statistic):
    assert distance(describe("x", kind, before), before, statistic) is None


def test_a_profile_is_json_without_a_row_and_holds_for_a_later_window(tmp_path):
    rows = pd.DataFrame({"secret": normal(rows=1000), "kind": classes(0.4, 0.6, rows=1000)})
    write_table(tmp_path / "data", "rows", rows, None)
    settings = {"columns": {}, "source": "rows", "target": None}
    profile = run("profile", tmp_path / "run", settings, {"data": tmp_path / "data"}).json("profile")
    assert profile["columns"]["kind"]["counts"] == {"c1": 600, "c0": 400}
    assert len(profile["columns"]["secret"]["quantiles"]) < len(rows)
    assert distance(json.loads(json.dumps(profile))["columns"]["secret"], rows["secret"].to_numpy(), "psi") == 0


MONITORS = [
    {"name": "drift.data", "kind": "data", "statistic": "psi", "maximum": 0.2, "window_seconds": 86400, "columns": []},
    {"name": "drift.prediction", "kind": "prediction", "statistic": "jensen-shannon", "maximum": 0.2,
     "window_seconds": 86400, "columns": []},
    {"name": "performance.accuracy", "kind": "performance", "metric": "accuracy", "minimum": 0.8, "maximum": None,
     "labels_after_seconds": 86400}]
CANCER = load_breast_cancer(as_frame=True).frame.rename(columns=lambda name: name.replace(" ", "_"))
TYPES = {name: "float64" for name in CANCER.columns if name.startswith("mean")}
COLUMNS = {name: CANCER[name].to_numpy() for name in TYPES}


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    """A bundle of a small real model, with the profile of its rows."""
    from skl2onnx import to_onnx
    from sklearn.linear_model import LogisticRegression

    folder = tmp_path_factory.mktemp("bundle")
    transform = fit(COLUMNS, TYPES, transforms=[{"kind": "scale", "columns": list(TYPES)}], hidden=(), classes=[0, 1])
    features = transform.apply(COLUMNS)
    fitted = LogisticRegression().fit(features, CANCER["target"])
    onnx = to_onnx(fitted, initial_types=None, X=features[:1], options={"zipmap": False}, target_opset=15)
    onnx.graph.input[0].name = "input"
    for node in onnx.graph.node:
        node.input[:] = ["input" if name == "X" else name for name in node.input]
    (folder / "model.onnx").write_bytes(onnx.SerializeToString())
    transform.save(folder / "transform.json")
    answers = OnnxModel((folder / "model.onnx").read_bytes(), "classification").predict(features)
    (folder / PREDICTIONS).write_text(json.dumps(describe_predictions(answers, [0, 1])))
    profile = {"columns": {name: describe(name, "float64", COLUMNS[name]) for name in TYPES}}
    (folder / "profile.json").write_text(json.dumps(profile))
    return {"uri": str(folder), "digest": write_manifest(folder), "version": "1", "must_be_signed": True}


def watch(tmp_path, model, rows, capsys=None, **settings):
    write_table(tmp_path / "data", "rows", rows, None)
    given = {"model": model, "source": "rows", "columns": {**TYPES, "target": "int8"}, "target": "target",
             "features": {"with": "built-in", "joins": []}, "time_column": None, "task": "classification",
             "monitors": MONITORS} | settings
    return run("drift", tmp_path / "run", given, {"data": tmp_path / "data"}, capsys=capsys)


def test_a_window_like_training_is_stable(tmp_path, model):
    finished = watch(tmp_path, model, CANCER)
    assert finished.code == EXIT_OK
    assert finished.json("report")["verdict"] == "stable"
    assert finished.numbers["drifted"] == 0
    assert finished.numbers["drift.data.mean_area"] == 0
    assert finished.numbers["performance.accuracy.accuracy"] > 0.9


def test_drift_is_a_verdict_with_numbers_and_no_failure(tmp_path, model, monkeypatch):
    monkeypatch.setenv("MLPROJECT_METRICS_FOLDER", str(tmp_path))
    finished = watch(tmp_path, model, CANCER.assign(mean_area=CANCER["mean_area"] * 3))
    report = finished.json("report")
    assert finished.code == EXIT_OK
    assert json.loads((finished.outputs["report"].parent.parent / "result.json").read_text())["verdict"] == "stop"
    assert report["verdict"] == "drift"
    assert [value["column"] for value in report["monitors"][0]["values"] if value["is_beyond"]] == ["mean_area"]
    text = (tmp_path / "mlproject-dev-trial-drift.prom").read_text()
    assert "# TYPE mlproject_drift_distance gauge\n" in text
    series = [line.rpartition(" ")[0] for line in text.splitlines()]
    assert ('mlproject_drift_distance{column="mean_area",environment="dev",monitor="drift.data",'
            'project="trial"}') in series
    assert ('mlproject_monitor_measured_timestamp_seconds{environment="dev",monitor="drift.prediction",'
            'project="trial"}') in series
    assert ('mlproject_model_metric{environment="dev",metric="accuracy",monitor="performance.accuracy",'
            'project="trial"}') in series


def test_a_column_that_production_lost_is_as_far_as_it_can_be(tmp_path, model):
    finished = watch(tmp_path, model, CANCER.drop(columns="mean_area"), monitors=MONITORS[:1])
    assert finished.numbers["drift.data.mean_area"] > 5


def test_a_window_is_the_newest_rows(tmp_path, model):
    at = pd.Timestamp("2026-01-01") + pd.to_timedelta(np.arange(len(CANCER)) // 300, unit="D")
    rows = CANCER.assign(at=at, mean_area=np.where(np.arange(len(CANCER)) < 300, 1e9, CANCER["mean_area"]))
    finished = watch(tmp_path, model, rows, columns={**TYPES, "target": "int8", "at": "timestamp"}, time_column="at")
    data, _, performance = finished.json("report")["monitors"]
    assert data["rows"] == len(CANCER) - 300
    assert finished.numbers["drift.data.mean_area"] < 0.2
    assert performance["rows"] == len(CANCER)


def test_too_few_rows_are_not_measured_and_say_so(tmp_path, model, capsys, monkeypatch):
    monkeypatch.setenv("MLPROJECT_METRICS_FOLDER", str(tmp_path))
    finished = watch(tmp_path, model, CANCER.head(99), capsys)
    assert finished.code == EXIT_OK
    assert "drift.data is not measured: its window has 99 rows, expected at least 100" in finished.errors
    assert (tmp_path / "mlproject-dev-trial-drift.prom").read_text() == ""


def test_labels_that_have_not_come_measure_no_performance(tmp_path, model):
    finished = watch(tmp_path, model, CANCER.drop(columns="target"))
    assert [monitor["is_measured"] for monitor in finished.json("report")["monitors"]] == [True, True, False]


@pytest.mark.parametrize(("change", "message"), [
    pytest.param(lambda file: file.write_text("{}"), "`profile.json`", id="changed"),
    pytest.param(lambda file: file.unlink(), "profile.json", id="removed"),
])
def test_a_model_that_is_not_the_pinned_one_is_refused(tmp_path, model, capsys, change, message):
    copy = Path(shutil.copytree(model["uri"], tmp_path / "copy"))
    change(copy / "profile.json")
    finished = watch(tmp_path, model | {"uri": str(copy)}, CANCER, capsys)
    assert finished.code == EXIT_REFUSED
    assert "is not the one that is pinned" in finished.errors
    assert message in finished.errors


def test_a_pushgateway_gets_what_the_rules_read(tmp_path, model, monkeypatch):
    taken = []

    class Pushgateway(http.server.BaseHTTPRequestHandler):
        def do_PUT(self):
            taken.append((self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Pushgateway) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("MLPROJECT_PUSHGATEWAY", f"http://127.0.0.1:{server.server_port}/")
        watch(tmp_path, model, CANCER)
        server.shutdown()
    ((path, text),) = taken
    assert path == "/metrics/job/mlproject/project/trial/environment/dev/step/drift"
    assert text.count("mlproject_drift_distance{") == len(TYPES) + 1


def test_the_text_of_metrics_escapes_what_a_column_may_be_called():
    text = exposition([Gauge("b", {"column": 'a"\\\n'}, 1.0), Gauge("a", {}, float("nan"))])
    assert text == '# TYPE a gauge\na{} nan\n# TYPE b gauge\nb{column="a\\"\\\\\\n"} 1.0\n'


def test_the_names_of_metrics_are_those_of_the_rules():
    from compiler.targets.kubernetes import metric_names
    from runtime.steps import drift

    assert (metric_names.DRIFT, metric_names.MODEL_METRIC, metric_names.MEASURED) == (
        drift.DISTANCE, drift.MODEL_METRIC, drift.MEASURED)
