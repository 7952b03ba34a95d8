"""Plain Kubernetes as the serving tool: the same plan, without KServe."""

from typing import Any

import pytest

from compiler.ir.plan import ReleasePlan
from compiler.ir.service import Scaling
from compiler.targets.serving.kubernetes import TARGET
from tests.targets.plans import DIGEST, SERVER_IMAGE, canary
from tests.targets.rendering import found, kinds, refusals
from tests.targets.serving_plans import PROMETHEUS, SERVING_PLANS, scaled, serving

CPU = SERVING_PLANS["plain kubernetes by cpu"]
BY_CPU = Scaling(2, 20, "cpu", 70, ("deployment", "scaling"))


def pod(plan: ReleasePlan) -> dict[str, Any]:
    body: dict[str, Any] = found(TARGET, plan, "Deployment").body["spec"]["template"]["spec"]
    return body


@pytest.mark.parametrize(("plan", "expected"), [
    pytest.param(CPU, ["Deployment", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget"], id="by cpu"),
    pytest.param(SERVING_PLANS["plain kubernetes by requests"],
                 ["Deployment", "Service", "ScaledObject", "PodDisruptionBudget"], id="by requests"),
    pytest.param(scaled("cpu", 50, minimum=1, tool="kubernetes"), ["Deployment", "Service", "HorizontalPodAutoscaler"],
                 id="one replica"),
    pytest.param(serving(tool="kubernetes", model=None, scaling=BY_CPU), [], id="no model yet"),
])
def test_objects(plan: ReleasePlan, expected: list[str]) -> None:
    assert kinds(TARGET, plan) == expected


@pytest.mark.parametrize(("plan", "message"), [
    pytest.param(serving(tool="kubernetes", rollout=canary(), scaling=BY_CPU), "strategy `canary`",
                 id="canary"),
    pytest.param(serving(tool="kubernetes", is_public=True, scaling=BY_CPU),
                 "a service that callers outside the cluster reach", id="public"),
    pytest.param(scaled("cpu", 50, minimum=0, tool="kubernetes"), "scaling to zero", id="zero"),
    pytest.param(scaled("rps", 50, tool="kubernetes"), "scaling by `rps` without knowing Prometheus", id="no counter"),
    pytest.param(scaled("cpu", 0.5, tool="kubernetes"), "a target of 0.5 for `cpu`, expected whole percents",
                 id="less than a percent"),
])
def test_refusals(plan: ReleasePlan, message: str) -> None:
    assert [refusal.message for refusal in refusals(TARGET, plan)] == [f"kubernetes cannot render {message}"]


def test_the_model_is_there_before_the_server_and_neither_is_fetched_by_name_alone() -> None:
    [fetch], [server] = pod(CPU)["initContainers"], pod(CPU)["containers"]
    assert (fetch["image"], server["image"]) == (SERVER_IMAGE, SERVER_IMAGE)
    for container in (fetch, server):
        assert {"name": "MLPROJECT_MODEL_DIGEST", "value": DIGEST} in container["env"]


def test_the_server_cannot_change_its_model() -> None:
    [mount] = [mount for mount in pod(CPU)["containers"][0]["volumeMounts"] if mount["name"] == "model"]
    assert mount["readOnly"] is True


def test_the_accelerator_belongs_to_the_server() -> None:
    both = pod(SERVING_PLANS["plain kubernetes on accelerators"])
    assert "nvidia.com/gpu" not in both["initContainers"][0]["resources"]["limits"]
    assert both["containers"][0]["resources"]["limits"]["nvidia.com/gpu"] == "1"


def test_git_says_nothing_of_replicas() -> None:
    assert "replicas" not in found(TARGET, CPU, "Deployment").body["spec"]


def test_a_dollar_in_an_address_stays_one() -> None:
    asked = CPU.service
    assert asked is not None
    assert asked.model is not None
    plan = CPU._replace(service=asked._replace(model=asked.model._replace(uri="s3://a/$(SECRET)")))
    variables = {entry["name"]: entry.get("value") for entry in pod(plan)["initContainers"][0]["env"]}
    assert variables["MLPROJECT_MODEL_URI"] == "s3://a/$$(SECRET)"


def test_keda_asks_prometheus_where_the_spec_says() -> None:
    trigger = found(TARGET, SERVING_PLANS["plain kubernetes by requests"], "ScaledObject").body["spec"]["triggers"][0]
    assert trigger["metadata"]["serverAddress"] == PROMETHEUS
    assert trigger["metadata"]["query"] == (
        'sum(rate(mlproject_requests_total{project="card-fraud",environment="production"}[2m]))')
