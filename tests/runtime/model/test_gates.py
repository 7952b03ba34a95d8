"""Each gate says yes and no, with its numbers; what cannot be measured does not pass."""

import json

import numpy as np
import pytest

from runtime.bundle import write_manifest
from runtime.gates import behaviour, champion, fairness, footprint, latency, metric, robustness
from runtime.gates import slice as slices
from runtime.gates.judging import Case, Judgement, Number
from runtime.models.describing import describe
from runtime.models.examples import load_examples
from runtime.models.exporting import to_onnx
from runtime.models.keeping import load_model
from runtime.outcome import Refused
from runtime.steps.evaluate import answers_of
from runtime.steps.gates import run
from tests.runtime.contexts import context
from tests.runtime.model.trained import evaluation_of, write_examples, write_model


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gates")
    write_model(folder / "model", write_examples(folder), n_estimators=20)
    return folder


@pytest.fixture(scope="module")
def case(folder):
    trained = load_model(folder / "model")
    holdout = load_examples(folder / "holdout", trained.transform, "target")
    answers = answers_of(trained, holdout)
    return Case(trained, holdout, answers, evaluation_of(answers, holdout.rows), None)


LIMITS = {"minimum": None, "maximum": None}


@pytest.mark.parametrize(("judge", "settings", "holds"), [
    pytest.param(metric.judge, {**LIMITS, "metric": "roc_auc", "minimum": 0.9}, True, id="a metric above its minimum"),
    pytest.param(metric.judge, {**LIMITS, "metric": "roc_auc", "minimum": 0.9999}, False, id="a metric below"),
    pytest.param(metric.judge, {**LIMITS, "metric": "calibration_error", "maximum": 0.0001}, False,
                 id="a metric above its maximum"),
    pytest.param(metric.judge, {**LIMITS, "metric": "ndcg", "minimum": 0}, False, id="a metric that was not measured"),
    pytest.param(slices.judge, {**LIMITS, "by": "side", "metric": "recall", "minimum": 0.5, "minimum_group_size": 20},
                 True, id="every slice above"),
    pytest.param(slices.judge, {**LIMITS, "by": "side", "metric": "recall", "minimum": 0.999, "minimum_group_size": 20},
                 False, id="one slice below"),
    pytest.param(fairness.judge, {**LIMITS, "metric": "demographic_parity_difference", "groups": ["side"],
                                  "maximum": 0.5, "minimum_group_size": 20}, True, id="groups alike enough"),
    pytest.param(fairness.judge, {**LIMITS, "metric": "equalized_odds_difference", "groups": ["side"],
                                  "maximum": 0.0, "minimum_group_size": 20}, False, id="groups not alike at all"),
    pytest.param(fairness.judge, {**LIMITS, "metric": "demographic_parity_difference", "groups": ["side"],
                                  "maximum": 1.0, "minimum_group_size": 100_000}, False, id="no groups to compare"),
    pytest.param(latency.judge, {"percentile": 95, "maximum_milliseconds": 60_000, "batch": 2}, True,
                 id="answers within a minute"),
    pytest.param(latency.judge, {"percentile": 95, "maximum_milliseconds": 0, "batch": 1}, False,
                 id="answers in no time"),
    pytest.param(footprint.judge, {"maximum_bytes": 1 << 40}, True, id="a model that fits"),
    pytest.param(behaviour.judge, {"checks": ["finite", "invariance", "probabilities-sum-to-one", "schema"],
                                   "invariant_to": ["target"]}, True, id="every law"),
    pytest.param(behaviour.judge, {"checks": ["invariance"], "invariant_to": ["mean_radius"]}, False,
                 id="an answer that depends on what it must not"),
    pytest.param(robustness.judge, {"metric": "roc_auc", "direction": "maximize", "noise": 0.01, "missing": 0,
                                    "maximum_loss": 0.05, "seed": 0}, True, id="a little noise"),
    pytest.param(robustness.judge, {"metric": "accuracy", "direction": "maximize", "noise": 0, "missing": 0.9,
                                    "maximum_loss": 0.001, "seed": 0}, False, id="most values missing"),
    pytest.param(champion.judge, {"metric": "roc_auc", "direction": "maximize", "minimum_improvement": 0.0}, True,
                 id="nobody to beat"),
])
def test_a_gate_holds_or_not(case, judge, settings, holds):
    judgement = judge(case, settings)
    assert judgement.holds is holds, judgement
    assert judgement.numbers


def test_small_groups_are_named_and_not_judged(case):
    judgement = fairness.judge(case, {**LIMITS, "metric": "demographic_parity_difference", "groups": ["side"],
                                      "maximum": 1.0, "minimum_group_size": 20})
    assert judgement.notes == ("side: not judged, fewer than 20 rows: middle",)


@pytest.mark.parametrize(("number", "holds"), [
    pytest.param(Number("n", 1.0), True, id="without a limit"),
    pytest.param(Number("n", None, "<=", 1.0), False, id="without a value"),
    pytest.param(Number("n", float("nan"), "<=", 1.0), False, id="not a number"),
    pytest.param(Number("n", 1.0, "<=", 1.0), True, id="at its limit"),
    pytest.param(Number("n", 0.9, ">=", 1.0), False, id="below"),
])
def test_what_was_not_measured_does_not_hold(number, holds):
    assert Judgement((number,)).holds is holds


def _bundle(case, folder):
    bundle = folder / "champion"
    bundle.mkdir(exist_ok=True)
    transform = case.trained.transform
    (bundle / "model.onnx").write_bytes(to_onnx(case.trained.model, task="classification",
                                                features=len(transform.names)))
    transform.save(bundle / "transform.json")
    described = describe(name="m", task="classification", transform=transform, training=case.trained.training)
    (bundle / "model.json").write_text(json.dumps(described))
    return {"version": "7", "uri": str(bundle), "digest": write_manifest(bundle), "must_be_signed": True}


def test_the_champion_is_asked_for_the_same_rows(case, folder):
    pinned = _bundle(case, folder)
    case = Case(case.trained, case.holdout, case.answers, case.evaluation, pinned)
    settings = {"metric": "roc_auc", "direction": "maximize", "minimum_improvement": 0.0}
    same, new, old = champion.judge(case, settings).numbers
    assert abs(same.value) < 1e-6
    assert new.value == pytest.approx(old.value)
    assert champion.judge(case, {**settings, "minimum_improvement": 0.01}).holds is False


def test_another_champion_than_the_pinned_one_is_refused(case, folder):
    pinned = {**_bundle(case, folder), "digest": "sha256:" + "0" * 64}
    with pytest.raises(Refused, match="version 7, which is in use, cannot be compared"):
        champion.judge(Case(case.trained, case.holdout, case.answers, case.evaluation, pinned),
                       {"metric": "roc_auc", "direction": "maximize", "minimum_improvement": 0.0})


@pytest.mark.parametrize(("mode", "expected"), [
    pytest.param("block", ("stop", "fail"), id="a gate that blocks"),
    pytest.param("warn", ("pass", "fail"), id="a gate that warns"),
    pytest.param("off", ("pass", "off"), id="a gate that is off"),
])
def test_one_verdict_over_all_gates(case, folder, tmp_path, mode, expected):
    verdict, outcome = expected
    (tmp_path / "evaluation").write_text(json.dumps(case.evaluation))
    gates = [{"name": "good", "kind": "metric", "mode": "block",
              "settings": {**LIMITS, "metric": "roc_auc", "minimum": 0.5}},
             {"name": "hard", "kind": "metric", "mode": mode,
              "settings": {**LIMITS, "metric": "roc_auc", "minimum": 1.1}}]
    found = run(context("gates", {"gates": gates, "target": "target", "champion": None, "task": "classification"},
                        tmp_path, inputs={"model": folder / "model", "holdout": folder / "holdout",
                                "evaluation": tmp_path / "evaluation"}, outputs={"verdict": tmp_path / "verdict"}))
    written = json.loads((tmp_path / "verdict").read_text())
    assert (found.verdict, written["verdict"]) == (verdict, verdict)
    assert [gate["outcome"] for gate in written["gates"]] == ["pass", outcome]
    if outcome == "fail":
        [number] = written["gates"][1]["numbers"]
        assert (number["relation"], number["limit"], number["holds"]) == (">=", 1.1, False)
        assert np.isfinite(number["value"])
