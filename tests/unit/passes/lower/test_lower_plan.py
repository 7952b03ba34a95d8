"""Lowering the rest of a plan: service or batch, monitors, alerts, platform; and the same plan for the same meaning."""

import json

import pytest

from compiler.ir.common import Environment, Identity
from compiler.ir.monitors import Alert, DriftMonitor, Objective, PerformanceMonitor
from compiler.ir.plan import Delivery, Quota
from compiler.ir.service import Scaling, ServedModel
from compiler.passes.lower import lower
from compiler.registry import discover
from tests.kinds.projects import DIGEST, PINNED, SPEC, project

REGISTRY = discover(())
WATCHED = {
    "metadata": {"contacts": {"slack": "#risk", "pagerduty": "risk"}},
    "monitoring": {
        "slos": [{"name": "availability", "objective": 99.9, "window": "7d"},
                 {"name": "latency", "objective": 99, "threshold": "50ms"}],
        "drift": [{"kind": "data", "columns": ["amount"]}, {"kind": "data", "columns": ["country"], "window": "1h"}],
        "performance": [{"metric": "recall", "minimum": 0.8, "labels_after": "14d"}]},
    "alerts": {
        "routes": {"critical": ["pagerduty", "slack"], "warning": ["slack"]},
        "rules": [{"on": "drift.data", "severity": "warning", "for": "30m", "then": "retrain"},
                  {"on": "slo.latency", "severity": "critical", "runbook": "https://runbooks.example.org/slow"},
                  {"on": "slo.latency", "severity": "warning"},
                  {"on": "gate.failed", "severity": "warning"}]},
}
BATCH = {"deployment": {"kind": "batch", "batch": {"schedule": "15 1 * * *", "output": "s3://lake/scores/"}}}
DEVELOPMENT = {"environment": {"mode": "development"}}


def plan_of(*overrides, **changes):
    return lower(project(*overrides, **changes), REGISTRY.find)


def test_identity_and_environment():
    plan = plan_of(WATCHED, {"environment": {"mode": "production", "promotes_from": "staging", "approvals": 2}})
    assert plan.identity == Identity("card-fraud", "risk", "standard", "", {"pagerduty": "risk", "slack": "#risk"}, "",
                                     ("metadata",))
    assert plan.environment == Environment("production", "production", "card-fraud-production", "staging", 2,
                                           ("environment",))


def test_the_service_serves_the_model_of_the_lock():
    service = plan_of(model=PINNED).service
    assert service.model == ServedModel("17", "s3://models/card-fraud/17/", DIGEST, True, ("model",))
    assert (service.name, service.tool, service.rollout.kind) == ("card-fraud", "kserve", "direct")
    assert service.scaling == Scaling(1, 3, "concurrency", 20.0, ("deployment", "scaling"))


def test_no_model_yet_is_a_service_without_a_model():
    assert plan_of().service.model is None


def test_settings_of_the_serving_tool_are_handed_over():
    serving = {"deployment": {"serving": {"with": "kserve", "deployment_mode": "standard"}}}
    assert plan_of(serving).service.settings == {"deployment_mode": "standard"}


@pytest.mark.parametrize(("mode", "name", "is_public"), [
    ("development", "dev-card-fraud", False), ("standard", "card-fraud", True)], ids=["development", "standard"])
def test_development_keeps_traffic_away(mode, name, is_public):
    service = plan_of({"deployment": {"public": True}, "environment": {"mode": mode}}).service
    assert (service.name, service.is_public) == (name, is_public)


def test_batch_is_a_job_and_no_service():
    plan = plan_of(BATCH, model=PINNED)
    assert plan.service is None
    assert (plan.batch.name, plan.batch.schedule.cron, plan.batch.schedule.timezone, plan.batch.schedule.is_paused) == (
        "card-fraud-batch", "15 1 * * *", "Etc/UTC", False)
    settings = plan.batch.step.settings
    assert (settings["model"]["digest"], settings["output"]) == (DIGEST, "s3://lake/scores/")
    assert plan.batch.step.resources.memory_bytes == 2**30


def test_batch_without_a_model_waits_for_one_and_development_pauses_it():
    batch = plan_of(BATCH, DEVELOPMENT).batch
    assert batch.step.settings["model"] is None
    assert batch.schedule.is_paused


@pytest.mark.parametrize("kind", ["online", "batch"])
def test_nothing_is_deployed_and_watched_where_deployment_is_off(kind):
    plan = plan_of(WATCHED, BATCH, {"deployment": {"enabled": False, "kind": kind}})
    assert (plan.service, plan.batch, plan.monitors) == (None, None, ())
    assert [alert.monitor for alert in plan.alerts] == ["gate.failed"]


def test_monitors_have_units_and_unique_names():
    assert plan_of(WATCHED).monitors == (
        Objective("slo.availability", "availability", 99.9, None, 7 * 86400, ("monitoring", "slos", 0)),
        Objective("slo.latency", "latency", 99.0, 50, 30 * 86400, ("monitoring", "slos", 1)),
        DriftMonitor("drift.data", "data", "psi", 0.2, 86400, ("amount",), ("monitoring", "drift", 0)),
        DriftMonitor("drift.data-2", "data", "psi", 0.2, 3600, ("country",), ("monitoring", "drift", 1)),
        PerformanceMonitor("performance.recall", "recall", 0.8, None, 14 * 86400, ("monitoring", "performance", 0)))


def test_an_alert_on_a_word_is_an_alert_on_each_monitor_of_it():
    base = "https://runbooks.example.org/card-fraud"
    assert plan_of(WATCHED).alerts == (
        Alert("drift-data", "drift.data", "warning", 1800, ("slack",), "retrain", f"{base}/drift-data",
              ("alerts", "rules", 0)),
        Alert("drift-data-2", "drift.data-2", "warning", 1800, ("slack",), "retrain", f"{base}/drift-data-2",
              ("alerts", "rules", 0)),
        Alert("slo-latency", "slo.latency", "critical", 0, ("pagerduty", "slack"), None,
              "https://runbooks.example.org/slow", ("alerts", "rules", 1)),
        Alert("slo-latency-2", "slo.latency", "warning", 0, ("slack",), None, f"{base}/slo-latency",
              ("alerts", "rules", 2)),
        Alert("gate-failed", "gate.failed", "warning", 0, ("slack",), None, f"{base}/gate-failed",
              ("alerts", "rules", 3)))


@pytest.mark.parametrize(("section", "monitors", "alerts"), [("alerts", 5, 0), ("monitoring", 0, 0)])
def test_what_is_switched_off_is_left_out(section, monitors, alerts):
    plan = plan_of(WATCHED, {section: {"enabled": False}})
    assert (len(plan.monitors), len(plan.alerts)) == (monitors, alerts)


def test_a_failed_gate_is_no_alert_where_nothing_is_trained():
    plan = plan_of(WATCHED, {"training": {"enabled": False}})
    assert "gate.failed" not in {alert.monitor for alert in plan.alerts}


def test_the_platform_is_handed_over_in_plain_numbers():
    plan = plan_of({"platform": {"service_account_annotations": {"b": "2", "a": "1"}}})
    assert list(plan.access.annotations) == ["a", "b"]
    assert plan.access.quota == Quota(64000, 256 * 2**30, 4, 80, ("platform", "quota"))
    assert plan.delivery == Delivery("argo-cd", "https://git.example.org/ml/gitops.git", "main",
                                     "generated/production/card-fraud", "https://kubernetes.default.svc",
                                     ("platform", "repository"))
    assert (plan.secrets.store, plan.secrets.refresh_seconds) == ("vault", 3600)
    assert plan.metrics.scrape_interval_seconds == 30
    assert plan.orchestrator == "argo-workflows"


def test_the_order_of_keys_in_a_spec_changes_nothing():
    said = (WATCHED, BATCH, {"training": {"parameters": {"n_estimators": 10, "max_depth": 3}}})
    plan = plan_of(SPEC, *said)
    turned = plan_of(*(reversed_keys(override) for override in (SPEC, *said)))
    assert plan == turned
    assert written(plan) == written(turned)


def reversed_keys(node):
    if isinstance(node, dict):
        return {key: reversed_keys(node[key]) for key in reversed(node)}
    return [reversed_keys(item) for item in node] if isinstance(node, list) else node


def written(plan):
    """Return the settings of every step as bytes: here the order of keys shows."""
    return json.dumps([step.settings for step in (*plan.pipeline.steps, plan.batch.step)])
