"""Gates: what the runtime gets, and what is refused before anything is trained."""

import pytest

from compiler.ir.pipeline import Gate
from compiler.registry import discover
from compiler.source.path import dotted
from compiler.spec.resolved import ResolvedProject
from tests.kinds.projects import of_task, project, source

REGISTRY = discover(())
AT = ("validation", "gates", 0)
FRAUD = project()


def faults(gate: dict, of: ResolvedProject = FRAUD) -> list[tuple[str, str]]:
    found = REGISTRY.find("gates", gate["kind"]).check(of, gate, AT)
    return [(diagnostic.code.removeprefix("gates/"), dotted(diagnostic.path[3:])) for diagnostic in found]


@pytest.mark.parametrize(("gate", "name", "settings"), [
    pytest.param({"kind": "metric", "metric": "roc_auc", "minimum": 0.94}, "metric-roc-auc",
                 {"metric": "roc_auc", "minimum": 0.94, "maximum": None}, id="a metric with one limit"),
    pytest.param({"kind": "champion", "metric": "roc_auc"}, "champion-roc-auc",
                 {"metric": "roc_auc", "direction": "maximize", "minimum_improvement": 0.0},
                 id="a champion gate asks for no loss unless said"),
    pytest.param({"kind": "champion", "metric": "log_loss", "minimum_improvement": -0.01}, "champion-log-loss",
                 {"metric": "log_loss", "direction": "minimize", "minimum_improvement": -0.01},
                 id="a champion gate knows that less loss is better"),
    pytest.param({"kind": "slice", "by": "country", "metric": "recall", "minimum": 0.8}, "slice-country-recall",
                 {"by": "country", "metric": "recall", "minimum": 0.8, "maximum": None, "minimum_group_size": 50},
                 id="a slice gate leaves small slices out"),
    pytest.param({"kind": "fairness", "metric": "equalized_odds_difference", "groups": ["sex", "sex"], "maximum": 0.1},
                 "fairness-equalized-odds-difference",
                 {"metric": "equalized_odds_difference", "groups": ["sex"], "minimum": None, "maximum": 0.1,
                  "minimum_group_size": 50}, id="groups are a set"),
    pytest.param({"kind": "latency", "maximum": "20ms"}, "latency-p95",
                 {"percentile": 95, "maximum_milliseconds": 20, "batch": 1}, id="latency in milliseconds, at p95"),
    pytest.param({"kind": "latency", "percentile": "p99", "maximum": "2s", "batch": 32}, "latency-p99",
                 {"percentile": 99, "maximum_milliseconds": 2000, "batch": 32}, id="latency of a batch at p99"),
    pytest.param({"kind": "footprint", "maximum": "512Mi"}, "footprint", {"maximum_bytes": 512 * 2**20},
                 id="footprint in bytes"),
    pytest.param({"kind": "behaviour", "checks": ["schema", "finite", "schema"]}, "behaviour",
                 {"checks": ["finite", "schema"], "invariant_to": []}, id="laws are a set"),
    pytest.param({"kind": "robustness", "metric": "roc_auc", "noise": 0.1, "maximum_loss": 0.02}, "robustness-roc-auc",
                 {"metric": "roc_auc", "direction": "maximize", "noise": 0.1, "missing": 0, "maximum_loss": 0.02,
                  "seed": 0},
                 id="robustness against noise alone"),
])
def test_gates_become_settings_of_the_runtime(gate, name, settings):
    lowered = REGISTRY.find("gates", gate["kind"]).lower(FRAUD, gate, AT)
    assert lowered == Gate(name, gate["kind"], "block", settings, AT)
    assert faults(gate) == []


def test_a_gate_keeps_the_name_and_mode_of_the_spec():
    gate = {"kind": "footprint", "name": "small-enough", "mode": "warn", "maximum": "1Mi"}
    lowered = REGISTRY.find("gates", "footprint").lower(FRAUD, gate, AT)
    assert (lowered.name, lowered.mode) == ("small-enough", "warn")


@pytest.mark.parametrize(("limits", "expected"), [
    pytest.param({"metric": "roc_auc", "minimum": 1.2}, [("impossible-threshold", "minimum")], id="over the range"),
    pytest.param({"metric": "accuracy", "minimum": 95}, [("impossible-threshold", "minimum")], id="percent"),
    pytest.param({"metric": "log_loss", "maximum": -0.1}, [("impossible-threshold", "maximum")], id="under the range"),
    pytest.param({"metric": "roc_auc", "minimum": 1}, [], id="perfect is hard and possible"),
    pytest.param({"metric": "recall", "minimum": 0}, [("idle-threshold", "minimum")], id="passed by every model"),
    pytest.param({"metric": "brier_score", "maximum": 1}, [("idle-threshold", "maximum")], id="passed by all"),
    pytest.param({"metric": "f1", "minimum": 0.9, "maximum": 0.8}, [("crossed-thresholds", "minimum")], id="crossed"),
    pytest.param({"metric": "f1", "minimum": 0.8, "maximum": 0.8}, [], id="a single value is a range"),
    pytest.param({"metric": "f1"}, [("no-threshold", "")], id="no limit at all"),
    pytest.param({"metric": "roc_auc", "maximum": 0.9}, [("wrong-way", "maximum")], id="refuses the better models"),
    pytest.param({"metric": "log_loss", "minimum": 0.1}, [("wrong-way", "minimum")], id="refuses the lower loss"),
    pytest.param({"metric": "roc_auk", "minimum": 0.9}, [("unknown-metric", "metric")], id="unknown metric"),
    pytest.param({"metric": "rmse", "maximum": 3}, [("unknown-metric", "metric")], id="metric of another task"),
    pytest.param({"metric": "cohen_kappa", "minimum": 0.5}, [("metric-not-computed", "metric")], id="not computed"),
])
def test_limits_that_make_no_sense_are_refused(limits, expected):
    assert faults({"kind": "metric"} | limits) == expected


def test_a_metric_is_computed_once_validation_names_it():
    asked = project({"validation": {"metrics": ["cohen_kappa", "profit"]}})
    assert faults({"kind": "metric", "metric": "cohen_kappa", "minimum": 0.5}, asked) == []
    assert faults({"kind": "metric", "metric": "profit", "minimum": 100}, asked) == []


def test_an_unknown_metric_comes_with_what_was_meant():
    found = REGISTRY.find("gates", "metric").check(FRAUD, {"kind": "metric", "metric": "roc_auk", "minimum": 1}, AT)
    assert [(fault.message, fault.help) for fault in found] == [
        ("`roc_auk` is no metric of classification", "did you mean `roc_auc`?")]


def test_without_a_target_nothing_is_right_or_wrong():
    unlabelled = project({"training": {"task": "anomaly-detection"}, "data": {"target": None}})
    assert faults({"kind": "metric", "metric": "anomaly_rate", "maximum": 0.1}, unlabelled) == []
    assert faults({"kind": "metric", "metric": "recall", "minimum": 0.8}, unlabelled) == [
        ("metric-not-computed", "metric")]


@pytest.mark.parametrize(("gate", "of", "expected"), [
    pytest.param({"kind": "champion", "metric": "roc_auc", "minimum_improvement": 1.5}, FRAUD,
                 [("impossible-threshold", "minimum_improvement")], id="better by more than there is"),
    pytest.param({"kind": "champion", "metric": "anomaly_rate"}, of_task("anomaly-detection"),
                 [("no-direction", "metric")], id="a metric that is better neither way"),
    pytest.param({"kind": "slice", "by": "contry", "metric": "recall", "minimum": 0.8}, FRAUD, [("column", "by")],
                 id="a slice by an unknown column"),
    pytest.param({"kind": "slice", "by": "country", "metric": "recall", "minimum": 0.8}, project(source(contract=None)),
                 [("column", "by")], id="a slice of data without a contract"),
    pytest.param({"kind": "fairness", "metric": "equalized_odds_difference", "groups": ["age_band"], "maximum": 0.1},
                 FRAUD, [("column", "groups[0]")], id="a group that is no column"),
    pytest.param({"kind": "fairness", "metric": "equalized_odds_difference", "groups": ["sex", "country"],
                  "maximum": 0.1}, FRAUD, [("group-not-protected", "groups[1]")], id="a group that is a feature"),
    pytest.param({"kind": "fairness", "metric": "equalized_odds_difference", "groups": [], "maximum": 0.1}, FRAUD,
                 [("no-group", "groups")], id="no group"),
    pytest.param({"kind": "fairness", "metric": "roc_auc", "groups": ["sex"], "minimum": 0.1}, FRAUD,
                 [("unknown-metric", "metric")], id="a metric that is not of fairness"),
    pytest.param({"kind": "fairness", "metric": "demographic_parity_ratio", "groups": ["sex"], "maximum": 0.8}, FRAUD,
                 [("wrong-way", "maximum")], id="a ratio with a maximum"),
    pytest.param({"kind": "footprint", "maximum": "2Gi"}, FRAUD, [("footprint-over-memory", "maximum")],
                 id="a model that its server has no room for"),
    pytest.param({"kind": "footprint", "maximum": "2Gi"}, project({"deployment": {"enabled": False}}), [],
                 id="no server, no room to keep"),
    pytest.param({"kind": "latency", "maximum": "80ms"},
                 project({"monitoring": {"slos": [{"name": "latency", "objective": 99, "threshold": "50ms"}]}}),
                 [("latency-over-objective", "maximum")], id="a gate looser than the objective"),
    pytest.param({"kind": "behaviour", "checks": []}, FRAUD, [("nothing-to-check", "checks")], id="no laws"),
    pytest.param({"kind": "behaviour", "checks": ["schema", "probabilities-sum-to-one"]}, of_task("regression"),
                 [("behaviour-of-another-task", "checks[1]")], id="probabilities of a regression"),
    pytest.param({"kind": "behaviour", "checks": ["schema"], "invariant_to": ["sex"]}, FRAUD,
                 [("nothing-to-check", "invariant_to")], id="columns of a law that is not checked"),
    pytest.param({"kind": "behaviour", "checks": ["invariance"], "invariant_to": ["gender"]}, FRAUD,
                 [("column", "invariant_to[0]")], id="invariant to an unknown column"),
    pytest.param({"kind": "robustness", "metric": "roc_auc", "noise": 0, "maximum_loss": 0.1}, FRAUD,
                 [("nothing-to-check", "")], id="rows that are not disturbed"),
])
def test_gates_that_cannot_work_are_refused(gate, of, expected):
    assert faults(gate, of) == expected
