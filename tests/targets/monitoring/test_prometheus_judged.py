"""Prometheus: what promtool says of the rules, and when the alerts fire."""

from pathlib import Path

import pytest

from compiler.ir.monitors import Alert
from compiler.ir.plan import ReleasePlan
from compiler.targets.monitoring.prometheus import TARGET
from tests.targets.monitoring.prometheus_judge import check, fires
from tests.targets.plans import full
from tests.targets.rendering import kinds
from tests.targets.serving_plans import SERVING_PLANS, serving

OWN = 'project="card-fraud",environment="production"'
UP = f"up{{{OWN}}}"
WITHIN = f'mlproject_request_duration_seconds_bucket{{{OWN},le="0.05"}}'
ALL = f"mlproject_request_duration_seconds_count{{{OWN}}}"
OK = f'mlproject_requests_total{{{OWN},code="200"}}'
FAILED = f'mlproject_requests_total{{{OWN},code="503"}}'
DRIFT = f'mlproject_drift_distance{{{OWN},monitor="drift-data",column="amount"}}'
MEASURED = f'mlproject_monitor_measured_timestamp_seconds{{{OWN},monitor="drift-data"}}'
RECALL = f'mlproject_model_metric{{{OWN},monitor="recall",metric="recall"}}'
GATE = f'mlproject_gate_passed{{{OWN},gate="roc_auc"}}'
RUN_FAILED = f"mlproject_pipeline_failed_timestamp_seconds{{{OWN}}}"
RUN_SUCCEEDED = f"mlproject_pipeline_succeeded_timestamp_seconds{{{OWN}}}"
FAST, SLOWLY = "LatencyBudgetBurnsFast", "LatencyBudgetBurnsSlowly"
AVAILABLE_FAST, AVAILABLE_SLOWLY = "AvailabilityBudgetBurnsFast", "AvailabilityBudgetBurnsSlowly"


def on(monitor: str) -> ReleasePlan:
    """Return a plan that alerts at once, and on one monitor alone."""
    return serving()._replace(alerts=(Alert(monitor, monitor, "critical", 0, (), None, "", ("alerts", 0)),))


def another_way(plan: ReleasePlan) -> ReleasePlan:
    return plan._replace(alerts=tuple(
        Alert(name, name, "critical", 600, ("slack",), None, "https://runbooks.example.com/x", ("alerts",))
        for name in (*(monitor.name for monitor in plan.monitors), "gate.failed", "pipeline.failed")))


@pytest.mark.parametrize("plan", [
    pytest.param(full(), id="the full plan"),
    pytest.param(another_way(full()), id="an alert on everything"),
    *(pytest.param(plan, id=name) for name, plan in SERVING_PLANS.items() if "PrometheusRule" in kinds(TARGET, plan)),
])
def test_promtool_accepts_the_rules(plan: ReleasePlan, tmp_path: Path) -> None:
    assert check(plan, tmp_path) == ""


@pytest.mark.parametrize(("series", "at"), [
    pytest.param({WITHIN: "0+100x600", ALL: "0+100x600"}, {"1h": [], "10h": []}, id="all within the threshold"),
    pytest.param({WITHIN: "0+995x600", ALL: "0+1000x600"}, {"10h": []}, id="half of the budget"),
    pytest.param({WITHIN: "0+96x600", ALL: "0+100x600"}, {"1h": [SLOWLY], "10h": [SLOWLY]}, id="four times the budget"),
    pytest.param({WITHIN: "0+90x600", ALL: "0+100x600"}, {"10h": [FAST, SLOWLY]}, id="ten times the budget"),
    pytest.param({WITHIN: "0+80x600", ALL: "0+100x600"}, {"30m": [FAST, SLOWLY]}, id="twenty times the budget"),
    pytest.param({WITHIN: "0+100x720 72000+80x4", ALL: "0+100x720 72000+100x4"}, {"12h4m": []},
                 id="a bad minute or two after half a day"),
    pytest.param({WITHIN: "0+0x60 0+100x60", ALL: "0+100x120"}, {"1h": [FAST, SLOWLY], "1h40m": [SLOWLY]},
                 id="over: the short windows forget"),
    pytest.param({WITHIN: "0x600", ALL: "0x600"}, {"10h": []}, id="nobody asks"),
])
def test_latency(series: dict[str, str], at: dict[str, list[str]], tmp_path: Path) -> None:
    assert fires(on("latency"), tmp_path, series=series | {UP: "1x900"}, at=at) == ""


@pytest.mark.parametrize(("series", "at"), [
    pytest.param({OK: "0+1000x600"}, {"10h": []}, id="no error, and no series of errors"),
    pytest.param({OK: "0+9990x600", FAILED: "0+4x600"}, {"10h": []}, id="half of the budget"),
    pytest.param({OK: "0+9980x600", FAILED: "0+20x600"}, {"10h": [AVAILABLE_SLOWLY]}, id="twice the budget"),
    pytest.param({OK: "0+980x600", FAILED: "0+20x600"}, {"30m": [AVAILABLE_FAST, AVAILABLE_SLOWLY]},
                 id="twenty times the budget"),
    pytest.param({FAILED: "0+20x600"}, {"30m": [AVAILABLE_FAST, AVAILABLE_SLOWLY]}, id="nothing but errors"),
])
def test_availability(series: dict[str, str], at: dict[str, list[str]], tmp_path: Path) -> None:
    assert fires(on("availability"), tmp_path, series=series | {UP: "1x600"}, at=at) == ""


@pytest.mark.parametrize(("series", "at"), [
    pytest.param({UP: "1x30"}, {"20m": []}, id="a server answers"),
    pytest.param({UP: "0x30"}, {"5m": [], "20m": ["ModelServerMetricsMissing"]}, id="none answers"),
    pytest.param({}, {"20m": ["ModelServerMetricsMissing"]}, id="there is none"),
    pytest.param({f'up{{{OWN},pod="a"}}': "0x30", f'up{{{OWN},pod="b"}}': "1x30"}, {"20m": []}, id="one of two"),
])
def test_silence(series: dict[str, str], at: dict[str, list[str]], tmp_path: Path) -> None:
    assert fires(on("latency"), tmp_path, series=series, at=at) == ""


@pytest.mark.parametrize(("series", "at"), [
    pytest.param({DRIFT: "0.1x180", MEASURED: "0+60x180"}, {"3h": []}, id="near"),
    pytest.param({DRIFT: "0.3x180", MEASURED: "0+60x180"}, {"10m": ["DriftDataTooFar"]}, id="far"),
    pytest.param({MEASURED: "0x300"}, {"2h": [], "4h": ["DriftDataNotMeasured"]}, id="measured long ago"),
    pytest.param({UP: "1x100"}, {"30m": [], "70m": ["DriftDataNotMeasured"]}, id="never measured"),
])
def test_drift(series: dict[str, str], at: dict[str, list[str]], tmp_path: Path) -> None:
    assert fires(on("drift-data"), tmp_path, series=series, at=at) == ""


@pytest.mark.parametrize(("monitor", "series", "at"), [
    pytest.param("recall", {RECALL: "0.85x10 0.75x10"}, {"5m": [], "15m": ["RecallOutOfLimits"]}, id="recall falls"),
    pytest.param("gate.failed", {GATE: "1x10 0x10 1x10"}, {"5m": [], "15m": ["GateFailed"], "25m": []},
                 id="a gate says no, then yes"),
    pytest.param("pipeline.failed", {RUN_FAILED: "_x10 600x30", RUN_SUCCEEDED: "0x20 1200x20"},
                 {"5m": [], "15m": ["PipelineFailed"], "30m": []}, id="a run fails, the next one does not"),
    pytest.param("pipeline.failed", {RUN_FAILED: "600x30"}, {"5m": ["PipelineFailed"]}, id="the first run fails"),
])
def test_model_and_pipeline(monitor: str, series: dict[str, str], at: dict[str, list[str]], tmp_path: Path) -> None:
    assert fires(on(monitor), tmp_path, series=series, at=at) == ""
