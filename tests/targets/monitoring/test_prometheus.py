"""Prometheus: what is read, and which alerts there are."""

import re
from typing import Any

import pytest

from compiler.ir.monitors import Alert, DriftMonitor, Objective, PerformanceMonitor
from compiler.ir.plan import ReleasePlan
from compiler.targets.kubernetes.metric_names import METRICS, latency_quantile
from compiler.targets.monitoring.prometheus import TARGET
from tests.targets.plans import batch, minimal, step
from tests.targets.rendering import found, kinds, refusals
from tests.targets.serving_plans import scaled, serving

LATENCY = Objective("latency", "latency", 99.0, 50, 30 * 86400, ("monitoring", "slos", 1))
DRIFT = DriftMonitor("drift-data", "data", "psi", 0.2, 3600, ("amount",), ("monitoring", "drift", 0))


def alert(monitor: str, severity: Any = "critical", **changes: Any) -> Alert:
    plain = Alert(monitor, monitor, severity, 0, ("slack",), None, "https://runbooks.example.com/x", ("alerts", 0))
    return plain._replace(**changes)


def rules(plan: ReleasePlan) -> list[dict[str, Any]]:
    if "PrometheusRule" not in kinds(TARGET, plan):
        return []
    return [rule for group in found(TARGET, plan, "PrometheusRule").body["spec"]["groups"] for rule in group["rules"]]


def alerts(plan: ReleasePlan) -> dict[str, dict[str, Any]]:
    return {rule["alert"]: rule for rule in rules(plan) if "alert" in rule}


def watching(*alerts: Alert, plan: ReleasePlan | None = None) -> ReleasePlan:
    return (plan or serving())._replace(alerts=alerts)


@pytest.mark.parametrize(("plan", "expected"), [
    pytest.param(serving(), ["Service", "ServiceMonitor", "PrometheusRule"], id="a service"),
    pytest.param(serving(model=None), ["PrometheusRule"], id="no model yet: gates are watched all the same"),
    pytest.param(minimal(), [], id="nobody wants to know anything"),
])
def test_objects(plan: ReleasePlan, expected: list[str]) -> None:
    assert kinds(TARGET, plan) == expected


@pytest.mark.parametrize(("asked", "expected"), [
    pytest.param((), [], id="only what the spec asks for"),
    pytest.param((alert("latency"),), ["ModelServerMetricsMissing", "LatencyBudgetBurnsFast",
                                       "LatencyBudgetBurnsSlowly"], id="an objective"),
    pytest.param((alert("drift-data"),), ["DriftDataTooFar", "DriftDataNotMeasured"], id="drift"),
    pytest.param((alert("recall"),), ["RecallOutOfLimits", "RecallNotMeasured"], id="quality on late labels"),
    pytest.param((alert("gate.failed"),), ["GateFailed"], id="gates"),
    pytest.param((alert("pipeline.failed"),), ["PipelineFailed"], id="runs"),
])
def test_alerts(asked: tuple[Alert, ...], expected: list[str]) -> None:
    assert list(alerts(watching(*asked))) == expected


@pytest.mark.parametrize(("plan", "expected"), [
    pytest.param(watching(alert("latency"), alert("drift-data"), plan=serving(model=None)._replace(batch=None)), [],
                 id="nothing predicts yet"),
    pytest.param(watching(alert("drift-data"), plan=serving()._replace(service=None, batch=batch()._replace(
        step=step("batch-predict", settings={"model": None})))), [], id="a batch waits for its model"),
    pytest.param(watching(alert("drift-data"), plan=serving()._replace(service=None)),
                 ["DriftDataTooFar", "DriftDataNotMeasured"], id="a batch predicts"),
    pytest.param(watching(alert("latency"), plan=scaled("rps", 10, minimum=0)),
                 ["LatencyBudgetBurnsFast", "LatencyBudgetBurnsSlowly"], id="down to zero, silence is no fault"),
])
def test_alerts_wait_for_what_they_watch(plan: ReleasePlan, expected: list[str]) -> None:
    assert list(alerts(plan)) == expected


def test_an_alert_says_who_what_and_where_to_read_on() -> None:
    rule = alerts(serving())["DriftDataTooFar"]
    assert rule["expr"] == (
        'max by (project, environment, monitor, column) (mlproject_drift_distance{project="card-fraud",'
        'environment="production",monitor="drift-data"}) > 0.2')
    assert rule["for"] == "30m"
    assert rule["labels"] == {
        "severity": "warning", "team": "risk", "tier": "critical", "project": "card-fraud",
        "environment": "production", "monitor": "drift-data", "then": "retrain"}
    assert rule["annotations"] == {
        "summary": "card-fraud: {{ $labels.column }} has drifted",
        "description": 'psi of {{ $labels.column }} is {{ printf "%.4g" $value }}, expected at most 0.2.',
        "runbook_url": "https://runbooks.example.com/card-fraud/drift-data", "channels": "slack"}


@pytest.mark.parametrize(("name", "severity"), [
    pytest.param("LatencyBudgetBurnsFast", "critical", id="fast: as asked"),
    pytest.param("LatencyBudgetBurnsSlowly", "warning", id="slowly: wakes nobody"),
    pytest.param("ModelServerMetricsMissing", "critical", id="no answer at all: as asked"),
])
def test_severities(name: str, severity: str) -> None:
    assert alerts(watching(alert("latency")))[name]["labels"]["severity"] == severity


@pytest.mark.parametrize("name", ["DriftDataNotMeasured", "ModelServerMetricsMissing"])
def test_missing_data_starts_nothing(name: str) -> None:
    plan = watching(alert("drift-data", then="retrain"), alert("latency", then="rollback"))
    assert "then" not in alerts(plan)[name]["labels"]


def test_two_alerts_on_one_monitor_share_what_would_be_said_twice() -> None:
    named = [(rule["alert"], rule["labels"]["severity"])
             for rule in rules(watching(alert("drift-data"), alert("drift-data", "warning"))) if "alert" in rule]
    assert named == [("DriftDataTooFar", "critical"), ("DriftDataNotMeasured", "warning"),
                     ("DriftDataTooFar", "warning")]


def test_limits_on_both_sides() -> None:
    both = PerformanceMonitor("recall", "recall", 0.8, 0.99, 86400, ("monitoring", "performance", 0))
    expression = alerts(watching(alert("recall"))._replace(monitors=(both,)))["RecallOutOfLimits"]["expr"]
    assert " < 0.8 or " in expression
    assert expression.endswith(" > 0.99")


@pytest.mark.parametrize(("plan", "message", "path"), [
    pytest.param(watching(alert("drift-prediction")),
                 "an alert on `drift-prediction`, which nothing measures", ("alerts", 0), id="an unknown monitor"),
    pytest.param(watching(alert("latency"))._replace(monitors=(LATENCY._replace(window_seconds=86400),)),
                 "an alert on 99% over 1d", ("monitoring", "slos", 1), id="a window too short"),
    pytest.param(serving()._replace(monitors=(LATENCY._replace(threshold_milliseconds=None),), alerts=()),
                 "a latency objective without a threshold", ("monitoring", "slos", 1), id="no threshold"),
])
def test_refusals(plan: ReleasePlan, message: str, path: tuple[Any, ...]) -> None:
    [refusal] = refusals(TARGET, plan)
    assert (refusal.message, refusal.path) == (f"prometheus cannot render {message}", path)


def test_the_bucket_of_a_latency_is_one_that_the_server_has() -> None:
    [share] = [rule for rule in rules(serving()) if rule.get("record") == "project:bad_requests:ratio_rate5m"
               and rule["labels"]["slo"] == "latency"]
    assert 'le="0.05"' in share["expr"]


def test_every_metric_is_in_the_table() -> None:
    recorded = {rule["record"] for rule in rules(serving()) if "record" in rule}
    assert latency_quantile(99) in recorded
    for rule in rules(serving()):
        for metric in re.findall(r"([a-z0-9_:]+)\{", rule["expr"]):
            plain = re.sub(r"_(bucket|count|sum)$", "", metric)
            assert plain in METRICS or metric in recorded or metric == "up" or metric.startswith("project:")


def test_the_label_that_prometheus_selects_by_is_on_both_objects() -> None:
    for kind in ("ServiceMonitor", "PrometheusRule"):
        assert found(TARGET, serving(), kind).body["metadata"]["labels"]["release"] == "prometheus"


def test_series_of_a_server_belong_to_project_and_environment() -> None:
    [endpoint] = found(TARGET, serving(), "ServiceMonitor").body["spec"]["endpoints"]
    assert {each["targetLabel"]: each["replacement"] for each in endpoint["relabelings"]} == {
        "project": "card-fraud", "environment": "production"}
    assert endpoint["interval"] == "30s"


def test_the_monitor_selects_the_one_service_that_was_made_for_it() -> None:
    selected = found(TARGET, serving(), "ServiceMonitor").body["spec"]["selector"]["matchLabels"]
    labels = found(TARGET, serving(), "Service").body["metadata"]["labels"]
    assert selected.items() <= labels.items()
    assert found(TARGET, serving(), "Service").body["spec"]["clusterIP"] == "None"


def test_a_finding_points_at_the_alert_or_the_objective() -> None:
    manifest = found(TARGET, serving(), "PrometheusRule")
    groups = manifest.body["spec"]["groups"]
    place = next((("spec", "groups", index, "rules", inner) for index, group in enumerate(groups)
                  for inner, rule in enumerate(group["rules"]) if rule.get("alert") == "LatencyBudgetBurnsFast"))
    assert manifest.cause((*place, "expr")) == ("alerts", "rules", 0)
    assert manifest.cause((*place[:4], 0)) == ("monitoring", "slos", 1)
