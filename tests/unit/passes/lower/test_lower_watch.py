"""The measurement of drift: what is measured, of which model, how often."""

import pytest

from compiler.passes.lowering.monitors import lower_monitors
from compiler.passes.lowering.watch import cron, lower_watch
from compiler.registry import discover
from tests.kinds.projects import PINNED, project

REGISTRY = discover(())
DRIFT = {"monitoring": {"drift": [{"kind": "data", "window": "6h"}, {"kind": "data", "columns": ["amount"]}],
                        "performance": [{"metric": "f1", "minimum": 0.8, "labels_after": "7d"}],
                        "slos": [{"name": "availability", "objective": 99.9}]}}


def watch(*overrides, **others):
    resolved = project(*overrides, **others)
    return lower_watch(resolved, REGISTRY.find, lower_monitors(resolved, REGISTRY.find))


def test_production_is_read_and_then_compared_with_the_pinned_model():
    made = watch(DRIFT, model=PINNED)
    assert made is not None
    ingest, drift = made.steps
    assert ingest.settings["read"] == "production"
    assert [(given.name, given.step) for given in drift.inputs] == [("data", "ingest")]
    assert drift.settings["model"]["digest"] == PINNED["digest"]
    assert (drift.settings["source"], drift.settings["target"]) == ("transactions", "label")
    assert [(monitor["name"], monitor["kind"]) for monitor in drift.settings["monitors"]] == [
        ("drift.data", "data"), ("drift.data-2", "data"), ("performance.f1", "performance")]


def test_an_objective_of_a_service_is_measured_elsewhere():
    assert watch({"monitoring": {"slos": DRIFT["monitoring"]["slos"]}}, model=PINNED) is None


def test_without_a_model_there_is_nothing_to_measure_for():
    assert watch(DRIFT) is None


def test_a_switched_off_monitoring_measures_nothing():
    assert watch(DRIFT, {"monitoring": {"enabled": False}}, model=PINNED) is None


def test_development_measures_when_asked_alone():
    assert watch(DRIFT, {"environment": {"mode": "development"}}, model=PINNED).schedule.is_paused
    assert not watch(DRIFT, {"environment": {"mode": "production"}}, model=PINNED).schedule.is_paused


@pytest.mark.parametrize(("seconds", "hours"), [
    pytest.param(60, "*", id="at most every hour"), pytest.param(3600, "*", id="every hour"),
    pytest.param(5 * 3600, "*/4", id="what divides a day"), pytest.param(6 * 3600, "*/6", id="every six hours"),
    pytest.param(86400, "0", id="every day"), pytest.param(30 * 86400, "0", id="at least every day"),
])
def test_a_window_is_measured_at_least_once(seconds, hours):
    minute, *rest = cron("card-fraud", seconds).split()
    assert 0 <= int(minute) < 60
    assert rest == [hours, "*", "*", "*"]


def test_projects_do_not_all_measure_at_one_minute():
    assert len({cron(f"project-{number}", 86400) for number in range(100)}) > 30
