"""Frameworks: algorithms that exist, parameters that they have, a search that knows where to go."""

import pytest

from compiler.registry import discover
from compiler.source.path import dotted
from tests.kinds.projects import project

REGISTRY = discover(())
TUNING = {"trials": 4, "metric": "roc_auc", "space": {"n_estimators": {"minimum": 10, "maximum": 100, "integer": True}}}


def faults(training: dict, **sections: dict) -> list[tuple[str, str]]:
    of = project({"training": training} | sections)
    section = of.spec["training"]
    found = REGISTRY.find("frameworks", section["framework"]).check(of, section, ("training",))
    return [(fault.code.removeprefix("frameworks/"), dotted(fault.path)) for fault in found]


@pytest.mark.parametrize(("training", "expected"), [
    pytest.param({}, [], id="a random forest"),
    pytest.param({"parameters": {"n_estimators": 100}, "tuning": TUNING}, [], id="a search of its parameters"),
    pytest.param({"framework": "lightgbm", "task": "ranking", "algorithm": "gradient-boosting"}, [], id="ranking"),
    pytest.param({"task": "anomaly-detection", "algorithm": "isolation-forest"}, [], id="anomalies"),
    pytest.param({"algorithm": "random-forst"}, [("algorithm", "training.algorithm")], id="misspelt"),
    pytest.param({"algorithm": None}, [("algorithm", "training")], id="no algorithm"),
    pytest.param({"algorithm": "ridge"}, [("algorithm", "training.algorithm")], id="algorithm of another task"),
    pytest.param({"task": "ranking"}, [("task", "training.framework")], id="a task that the framework lacks"),
    pytest.param({"parameters": {"n_estimator": 5}}, [("parameter", "training.parameters.n_estimator")],
                 id="misspelt parameter"),
    pytest.param({"parameters": {"random_state": 5, "n_jobs": 2}},
                 [("parameter", "training.parameters.n_jobs"), ("parameter", "training.parameters.random_state")],
                 id="seed and threads are not the algorithm's"),
    pytest.param({"tuning": TUNING | {"space": {"depth": {"choices": [1, 2]}}}},
                 [("parameter", "training.tuning.space.depth")], id="a search of what is not there"),
    pytest.param({"tuning": TUNING | {"metric": "auc"}}, [("tuning-metric", "training.tuning.metric")],
                 id="a search by what is not computed"),
    pytest.param({"entry_point": "acme.train:fit"}, [("entry-point", "training.entry_point")],
                 id="an entry point that nobody calls"),
    pytest.param({"framework": "custom", "algorithm": None, "entry_point": "acme.train:fit",
                  "parameters": {"anything": 1}}, [], id="the team's own code takes any parameter"),
    pytest.param({"framework": "custom"}, [("entry-point", "training"), ("algorithm", "training.algorithm")],
                 id="the team's own code has an entry point and no algorithm"),
])
def test_training_is_something_that_the_framework_can_do(training, expected):
    assert faults(training) == expected


def test_only_a_custom_framework_has_metrics_of_its_own():
    metrics = {"metrics": ["cohen_kappa", "profit"]}
    assert faults({}, validation=metrics) == [("metric", "validation.metrics[1]")]
    assert faults({"framework": "custom", "algorithm": None, "entry_point": "acme.train:fit"}, validation=metrics) == []


def test_a_search_by_an_own_metric_says_which_way_is_better():
    custom = {"framework": "custom", "algorithm": None, "entry_point": "acme.train:fit",
              "tuning": TUNING | {"metric": "profit"}}
    own = {"metrics": ["profit"]}
    assert faults(custom, validation=own) == [("tuning-metric", "training.tuning.metric")]
    custom["tuning"] = custom["tuning"] | {"direction": "maximize"}
    assert faults(custom, validation=own) == []
