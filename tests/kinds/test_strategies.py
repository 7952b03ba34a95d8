"""Strategies: how a new model takes over, and rollouts that never end or that nobody watches."""

import pytest

from compiler.ir.service import Analysis, Rollout, TrafficStep
from compiler.registry import discover
from compiler.source.path import dotted
from tests.kinds.projects import DIGEST, project

REGISTRY = discover(())
AT = ("deployment", "strategy")
MONITORING = {"monitoring": {
    "slos": [{"name": "availability", "objective": 99.9}], "drift": [{"kind": "prediction"}],
    "performance": [{"metric": "recall", "minimum": 0.8, "labels_after": "2h"}]}}
WATCHED = project(MONITORING)
STEPS = [{"weight": 5, "hold": "10m"}, {"weight": 25, "hold": "30m"}, {"weight": 100}]
SLO = [{"slo": "availability"}]
EU = {"name": "eu", "version": "3", "uri": "s3://models/eu/3/", "digest": DIGEST, "callers": ["fr", "de"]}


def lower(parameters: dict) -> Rollout:
    return REGISTRY.find("strategies", parameters["kind"]).lower(WATCHED, parameters, AT)


def faults(parameters: dict, of=WATCHED) -> list[tuple[str, str]]:
    found = REGISTRY.find("strategies", parameters["kind"]).check(of, parameters, AT)
    return [(fault.code.removeprefix("strategies/"), dotted(fault.path[2:])) for fault in found]


def test_direct_has_nothing_to_say():
    assert lower({"kind": "direct"}) == Rollout("direct", (), (), "rollback", {}, AT)


def test_a_canary_becomes_steps_and_analyses_with_their_places():
    analysis = [{"slo": "availability"}, {"metric": "prediction_drift", "maximum": 0.2}, {"metric": "recall"}]
    assert lower({"kind": "canary", "steps": STEPS, "analysis": analysis, "on_failure": "pause"}) == Rollout(
        "canary",
        (TrafficStep(5, 600, (*AT, "steps", 0)), TrafficStep(25, 1800, (*AT, "steps", 1)),
         TrafficStep(100, 0, (*AT, "steps", 2))),
        (Analysis("slo.availability", None, (*AT, "analysis", 0)),
         Analysis("drift.prediction", 0.2, (*AT, "analysis", 1)),
         Analysis("performance.recall", None, (*AT, "analysis", 2))),
        "pause", {}, AT)


@pytest.mark.parametrize(("parameters", "settings"), [
    pytest.param({"kind": "blue-green"}, {"preview_seconds": 900, "keep_seconds": 3600}, id="blue-green"),
    pytest.param({"kind": "blue-green", "preview": "1h", "keep": "1d"},
                 {"preview_seconds": 3600, "keep_seconds": 86400}, id="blue-green with its own times"),
    pytest.param({"kind": "shadow", "duration": "2d"}, {"duration_seconds": 172800, "share": 100}, id="shadow"),
    pytest.param({"kind": "ab-test", "duration": "14d", "sticky_by": "X-User-Id", "share": 20},
                 {"duration_seconds": 1209600, "share": 20, "sticky_by": "x-user-id"}, id="A/B test"),
    pytest.param({"kind": "multi-model", "route_by": "X-Region", "models": [EU]},
                 {"route_by": "x-region", "models": [EU | {"callers": ["de", "fr"]}]}, id="several models"),
])
def test_strategies_become_settings(parameters, settings):
    assert lower(parameters).settings == settings


@pytest.mark.parametrize(("weights", "expected"), [
    pytest.param((10, 50, 100), [], id="rises to 100"),
    pytest.param((100,), [], id="one step"),
    pytest.param((50, 50, 100), [("weights", "steps[1].weight")], id="flat"),
    pytest.param((50, 10, 100), [("weights", "steps[1].weight")], id="falls"),
    pytest.param((10, 50), [("weights", "steps[1].weight")], id="stops short"),
    pytest.param((), [("weights", "steps")], id="no steps"),
])
def test_weights_rise_and_end_at_100(weights, expected):
    steps = [{"weight": weight, "hold": "10m"} for weight in weights]
    assert faults({"kind": "canary", "steps": steps, "analysis": SLO}) == expected


@pytest.mark.parametrize(("parameters", "expected"), [
    pytest.param({"steps": [{"weight": 10}, {"weight": 100}], "analysis": SLO}, [("hold", "steps[0]")],
                 id="a step that nobody has time to watch"),
    pytest.param({"steps": STEPS}, [("unwatched", "")], id="no analysis"),
    pytest.param({"steps": STEPS, "analysis": [{"slo": "latency"}]}, [("analysis", "analysis[0].slo")],
                 id="an objective that is not promised"),
    pytest.param({"steps": STEPS, "analysis": [{"metric": "data_drift"}]}, [("analysis", "analysis[0].metric")],
                 id="drift that is not monitored"),
    pytest.param({"steps": STEPS, "analysis": [{"slo": "availability", "metric": "recall"}]},
                 [("analysis", "analysis[0]")], id="two monitors in one"),
    pytest.param({"steps": STEPS, "analysis": [{"slo": "availability", "maximum": 1}]},
                 [("analysis", "analysis[0].maximum")], id="a second limit of an objective"),
    pytest.param({"steps": STEPS, "analysis": [{"metric": "recall"}]}, [("analysis-too-late", "analysis[0]")],
                 id="labels that come when all is over"),
])
def test_a_canary_is_watched(parameters, expected):
    assert faults({"kind": "canary"} | parameters) == expected


def test_an_analysis_of_nothing_names_what_is_monitored():
    parameters = {"kind": "canary", "steps": STEPS, "analysis": [{"metric": "drift"}]}
    found = REGISTRY.find("strategies", "canary").check(WATCHED, parameters, AT)
    assert [fault.help for fault in found] == [
        "monitored are `metric: prediction_drift`, `metric: recall`, `slo: availability`"]


def test_labels_may_take_as_long_as_the_rollout():
    assert faults({"kind": "shadow", "duration": "1d", "analysis": [{"metric": "recall"}]}) == []


def test_nothing_is_watched_where_monitoring_is_off():
    unwatched = project(MONITORING, {"monitoring": {"enabled": False}})
    assert faults({"kind": "canary", "steps": STEPS, "analysis": SLO}, unwatched) == [("analysis", "analysis[0].slo")]


@pytest.mark.parametrize("parameters", [
    {"kind": "canary", "steps": STEPS}, {"kind": "blue-green"}, {"kind": "shadow", "duration": "1d"},
    {"kind": "ab-test", "duration": "1d", "sticky_by": "x"}, {"kind": "multi-model", "route_by": "x", "models": [EU]},
], ids=lambda parameters: parameters["kind"])
def test_there_is_no_traffic_to_move_in_batch(parameters):
    assert faults(parameters, project({"deployment": {"kind": "batch"}})) == [("online-only", "kind")]


@pytest.mark.parametrize(("models", "expected"), [
    pytest.param([EU, EU | {"name": "us", "callers": ["us"]}], [], id="each its own callers"),
    pytest.param([EU, EU | {"name": "fr", "callers": ["fr"]}], [("models", "models[1].callers")], id="a shared caller"),
    pytest.param([EU, EU | {"callers": ["us"]}], [("models", "models[1].name")], id="a shared name"),
    pytest.param([EU | {"callers": []}], [("models", "models[0].callers")], id="no callers"),
    pytest.param([], [("models", "models")], id="no models"),
])
def test_each_caller_has_one_model(models, expected):
    assert faults({"kind": "multi-model", "route_by": "x-region", "models": models}) == expected
