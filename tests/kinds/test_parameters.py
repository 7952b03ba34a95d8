"""Parameters of kinds are typed: a misspelt key or a value of the wrong form is found where it stands."""

import pytest

from compiler.passes.decode import decode
from compiler.registry import discover
from compiler.source.path import dotted
from tests.kinds.projects import SPEC, project, source

REGISTRY = discover(())
SAID = {"apiVersion": "mlproject.dev/v1alpha1", "kind": "MLProject"}


def gate(**parameters):
    return {"validation": {"gates": [parameters]}}


def drift(**parameters):
    return {"monitoring": {"drift": [parameters]}}


def strategy(**parameters):
    return {"deployment": {"strategy": parameters}}


def version(parameters):
    return {"data": {"sources": [SPEC["data"]["sources"][0] | {"version": parameters}]}}


@pytest.mark.parametrize(("override", "code", "path"), [
    pytest.param(gate(kind="metrik", metric="f1"), "unknown-kind", "validation.gates[0].kind", id="unknown kind"),
    pytest.param(gate(kind="metric", metric="f1", minimun=0.9), "unknown-key", "validation.gates[0].minimun",
                 id="misspelt key"),
    pytest.param(gate(kind="metric", minimum=0.9), "missing-key", "validation.gates[0].metric", id="missing key"),
    pytest.param(gate(kind="metric", metric="f1", minimum="0.9"), "invalid-value", "validation.gates[0].minimum",
                 id="text for a number"),
    pytest.param(gate(kind="metric", metric="f1", mode="blocking"), "unknown-value", "validation.gates[0].mode",
                 id="unknown mode"),
    pytest.param(gate(kind="latency", maximum="20 ms"), "invalid-value", "validation.gates[0].maximum",
                 id="no duration"),
    pytest.param(gate(kind="latency", maximum="20ms", percentile="p96"), "unknown-value",
                 "validation.gates[0].percentile", id="unknown percentile"),
    pytest.param(gate(kind="footprint", maximum=512), "invalid-value", "validation.gates[0].maximum", id="no unit"),
    pytest.param(gate(kind="behaviour", checks=["shema"]), "unknown-value", "validation.gates[0].checks[0]",
                 id="unknown law"),
    pytest.param(gate(kind="robustness", metric="f1", noise=-1, maximum_loss=0.1), "invalid-value",
                 "validation.gates[0].noise", id="negative noise"),
    pytest.param(drift(kind="data", columns="some"), "invalid-value", "monitoring.drift[0].columns", id="not all"),
    pytest.param(drift(kind="data", columns=[]), "invalid-value", "monitoring.drift[0].columns", id="no columns"),
    pytest.param(drift(kind="data", statistic="psy"), "unknown-value", "monitoring.drift[0].statistic",
                 id="unknown statistic"),
    pytest.param(drift(kind="prediction", columns=["a"]), "unknown-key", "monitoring.drift[0].columns",
                 id="columns of the prediction"),
    pytest.param(strategy(kind="canary", steps=[{"weight": 101}]), "invalid-value",
                 "deployment.strategy.steps[0].weight", id="more than all traffic"),
    pytest.param(strategy(kind="canary", steps=[{"weight": 10, "hold": "0m"}]), "invalid-value",
                 "deployment.strategy.steps[0].hold", id="held for no time"),
    pytest.param(strategy(kind="direct", steps=[]), "unknown-key", "deployment.strategy.steps", id="steps of direct"),
    pytest.param(version({"with": "dvc", "path": "../secrets"}), "invalid-value", "data.sources[0].version.path",
                 id="a path that leaves the repository"),
    pytest.param(version({"with": "git-lfs", "path": "data", "revision": "--upload-pack=x"}), "invalid-value",
                 "data.sources[0].version.revision", id="a revision that is an option"),
])
def test_a_wrong_parameter_is_found_where_it_stands(override, code, path):
    spec = project(SAID, override).spec
    found = [*decode(spec, kind_of=REGISTRY.find, names_of=REGISTRY.names)]
    assert [(fault.code.removeprefix("spec/"), dotted(fault.path)) for fault in found] == [(code, path)]


@pytest.mark.parametrize("override", [
    gate(kind="fairness", metric="equalized_odds_difference", groups=["sex"], maximum=0.1),
    drift(kind="data", columns="all", statistic="psi", maximum=0.2, window="1h"),
    drift(kind="data", columns=["amount"]),
    strategy(kind="blue-green", preview="5m", analysis=[{"slo": "latency"}], on_failure="pause"),
    version({"with": "delta", "version": 3}),
    source(),
], ids=lambda override: next(iter(override)))
def test_good_parameters_are_taken(override):
    assert [*decode(project(SAID, override).spec, kind_of=REGISTRY.find, names_of=REGISTRY.names)] == []
