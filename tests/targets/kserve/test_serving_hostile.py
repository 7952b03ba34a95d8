"""Text of the user's is data in every object around a service: it changes values and nothing else."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.common import SecretKey
from compiler.ir.monitors import Alert, DriftMonitor, Objective, PerformanceMonitor
from compiler.ir.plan import ReleasePlan
from compiler.targets.access.kubernetes import TARGET as ACCESS
from compiler.targets.monitoring.prometheus import TARGET as MONITORING
from compiler.targets.secrets.external_secrets import TARGET as SECRETS
from compiler.targets.serving.kserve import TARGET as KSERVE
from tests.targets.monitoring.prometheus_judge import check
from tests.targets.plans import DIGEST
from tests.targets.rendering import SERVING
from tests.targets.serving_plans import SERVING_PLANS

ATTACKS = [
    '{{ query "up" }}', "{{", "{", "}}", "{{{", '{{"{"}}', "{{.Name}}", "$(HOME)", "${HOME}", "$1", '"} or vector(1) #',
    'x",code=~".*', "\\", '\\"', "a\nb", "\x00", "\x7f", "---\nkind: Pod", "!!python/object", "yes", "0x1F", "1e3",
    "\u2028", "\u202e", "'; rm -rf /; '", "javascript:alert(1)", "<script>", "-rf", "", "é" * 300]
HOSTILE = st.one_of(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(ATTACKS))
_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_OURS = re.compile(r'\{\{ (?:\$labels\.(?:column|gate)|printf "%\.4g" \$value|\$value \| humanizePercentage) \}\}')


def hostile(plan: ReleasePlan, text: str) -> ReleasePlan:
    """Return a plan with text wherever a spec may hold free text, and where it may not."""
    service = plan.service
    assert service is not None
    assert service.model is not None
    at = ("alerts", 0)
    monitors = (
        Objective("latency", "latency", 99.0, 50, 30 * 86400, ("monitoring",)),
        DriftMonitor("drift" + text, "data", text, 0.2, 3600, (text,), ("monitoring",)),
        PerformanceMonitor("recall" + text, text, 0.8, None, 86400, ("monitoring",)))
    names = (*(monitor.name for monitor in monitors), "gate.failed", "pipeline.failed")
    return plan._replace(
        identity=plan.identity._replace(description=text, team="risk" + text, contacts={"slack": text}),
        service=service._replace(model=service.model._replace(version=text, uri="s3://models/" + text)),
        monitors=monitors,
        alerts=tuple(Alert(text, name, "critical", 60, (text,), None, "https://x/" + text, at) for name in names),
        secrets=plan.secrets._replace(store=text, keys=(SecretKey("key", text, text, ("data",)),)),
        access=plan.access._replace(annotations={"example.com/role": text}),
        metrics=plan.metrics._replace(rule_labels={"release": text}))


def shape(value: Any) -> Any:
    """Return a body with its texts taken out."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return str if isinstance(value, str) else value


def rendered(plan: ReleasePlan) -> list[Manifest]:
    assert plan.service is not None
    return [item for target in (ACCESS, SECRETS, MONITORING, SERVING[plan.service.tool])
            for item in target.render(plan) if isinstance(item, Manifest)]


PLANS = [pytest.param(SERVING_PLANS[name], id=name) for name in
         ("knative", "standard by requests", "plain kubernetes by cpu")]


@pytest.mark.parametrize("plan", PLANS)
@settings(max_examples=60, deadline=None)
@given(text=HOSTILE)
def test_only_values_change(plan: ReleasePlan, text: str) -> None:
    assert [shape(each.body) for each in rendered(hostile(plan, text))] == [
        shape(each.body) for each in rendered(hostile(plan, "plain"))]


@settings(max_examples=100, deadline=None)
@given(text=HOSTILE)
def test_a_query_asks_what_it_would_ask_of_plain_text(text: str) -> None:
    assert [_LITERAL.sub('""', query) for query in queries(text)] == [
        _LITERAL.sub('""', query) for query in queries("plain")]


@settings(max_examples=100, deadline=None)
@given(text=HOSTILE)
def test_prometheus_evaluates_no_template_of_the_users(text: str) -> None:
    for value in templated(text):
        assert "{" not in _OURS.sub("", value).replace('{{"{"}}', "")


@pytest.mark.parametrize("text", ATTACKS)
def test_promtool_reads_hostile_text(text: str, tmp_path: Path) -> None:
    assert check(hostile(SERVING_PLANS["knative"], text), tmp_path) == ""


@pytest.mark.parametrize(("change", "path"), [
    pytest.param({"uri": "s3://models/{{.Name}}"}, ("model",), id="a template of Go"),
    pytest.param({"uri": "s3://models/$(HOME)"}, ("model",), id="a variable of the fetching container"),
    pytest.param({"digest": DIGEST + "{{"}, ("model",), id="in the digest"),
])
def test_kserve_refuses_what_it_would_evaluate(change: dict[str, Any], path: tuple[str, ...]) -> None:
    service = SERVING_PLANS["knative"].service
    assert service is not None
    assert service.model is not None
    plan = SERVING_PLANS["knative"]._replace(service=service._replace(model=service.model._replace(**change)))
    [refusal] = [item for item in KSERVE.render(plan) if isinstance(item, Diagnostic)]
    assert refusal.path == path
    assert change.get("uri", "{{") not in refusal.message.replace("`{{` or `$(`", "")


def rules(text: str) -> list[dict[str, Any]]:
    [manifest] = [item for item in MONITORING.render(hostile(SERVING_PLANS["knative"], text))
                  if isinstance(item, Manifest) and item.identity[1] == "PrometheusRule"]
    return [rule for group in manifest.body["spec"]["groups"] for rule in group["rules"]]


def queries(text: str) -> list[str]:
    return [rule["expr"] for rule in rules(text)]


def templated(text: str) -> list[str]:
    """Return the texts of alerts, all of which Prometheus takes for templates."""
    return [value for rule in rules(text) if "alert" in rule
            for part in ("labels", "annotations") for value in rule[part].values()]
