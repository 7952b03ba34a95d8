"""Drift monitors: what is measured, and limits and columns that make no sense."""

import pytest

from compiler.registry import discover
from compiler.source.path import dotted
from tests.kinds.projects import of_task, project, source

REGISTRY = discover(())
AT = ("monitoring", "drift", 0)
FRAUD = project()


@pytest.mark.parametrize(("parameters", "statistic", "maximum", "window_seconds", "columns"), [
    pytest.param({"kind": "data"}, "psi", 0.2, 86400, ("amount", "country"),
                 id="every feature: not the target, not what is protected, not times"),
    pytest.param({"kind": "data", "columns": "all", "statistic": "ks", "maximum": 0.1, "window": "1h"}, "ks", 0.1, 3600,
                 ("amount",), id="all that the statistic can measure"),
    pytest.param({"kind": "data", "columns": ["sex", "amount", "sex"], "maximum": 1}, "psi", 1.0, 86400,
                 ("amount", "sex"), id="named columns are a set, protected ones too"),
    pytest.param({"kind": "prediction", "statistic": "wasserstein", "maximum": 0.15, "window": "6h"}, "wasserstein",
                 0.15, 21600, (), id="the prediction has no columns"),
])
def test_drift_becomes_a_monitor(parameters, statistic, maximum, window_seconds, columns):
    monitor = REGISTRY.find("drift", parameters["kind"]).lower(FRAUD, parameters, AT)
    assert monitor._asdict() == {
        "name": f"drift.{parameters['kind']}", "kind": parameters["kind"], "statistic": statistic, "maximum": maximum,
        "window_seconds": window_seconds, "columns": columns, "origin": AT}


def test_without_a_contract_the_profile_names_the_columns():
    bare = project(source(contract=None))
    assert REGISTRY.find("drift", "data").lower(bare, {"kind": "data"}, AT).columns == ()


@pytest.mark.parametrize(("parameters", "of", "expected"), [
    pytest.param({"kind": "data", "columns": "all", "maximum": 0.2}, FRAUD, [], id="all features"),
    pytest.param({"kind": "data", "columns": ["contry"]}, FRAUD, [("column", "columns[0]")], id="unknown column"),
    pytest.param({"kind": "data", "columns": ["label"]}, FRAUD, [("column", "columns[0]")], id="the target"),
    pytest.param({"kind": "data", "columns": ["anything"]}, project(source(contract=None)), [],
                 id="without a contract columns are not known"),
    pytest.param({"kind": "data", "columns": ["country"], "statistic": "wasserstein"}, FRAUD,
                 [("statistic", "columns[0]")], id="a distance of numbers between classes"),
    pytest.param({"kind": "data", "columns": ["amount"], "statistic": "chi2"}, FRAUD, [("statistic", "columns[0]")],
                 id="a distance of classes between numbers"),
    pytest.param({"kind": "data", "columns": "all", "statistic": "ks"}, FRAUD, [("statistic", "columns")],
                 id="all, of which the statistic leaves some out"),
    pytest.param({"kind": "data", "statistic": "jensen-shannon", "maximum": 1}, FRAUD,
                 [("impossible-threshold", "maximum")], id="a limit that nothing passes"),
    pytest.param({"kind": "data", "maximum": 0}, FRAUD, [("impossible-threshold", "maximum")],
                 id="a limit that everything passes"),
    pytest.param({"kind": "prediction", "statistic": "chi2", "maximum": 0.1}, of_task("regression"),
                 [("statistic", "statistic")], id="classes in the answers of a regression"),
])
def test_monitors_that_cannot_work_are_refused(parameters, of, expected):
    found = REGISTRY.find("drift", parameters["kind"]).check(of, parameters, AT)
    assert [(fault.code.removeprefix("drift/"), dotted(fault.path[3:])) for fault in found] == expected
