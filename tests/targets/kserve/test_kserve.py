"""KServe: what is served, how it scales, what is refused."""

from typing import Any

import pytest

from compiler.ir.plan import ReleasePlan
from compiler.ir.service import Rollout, Scaling, ServedModel
from compiler.targets.serving.kserve import TARGET
from tests.targets.plans import DIGEST, GPU_NODE, SERVER_IMAGE, SPOT, canary, direct, full, minimal, service
from tests.targets.rendering import found, kinds, manifests, refusals
from tests.targets.serving_plans import PROMETHEUS, SERVING_PLANS, scaled, serving

STANDARD = scaled("cpu", 70, deployment_mode="standard")
MODEL = ServedModel("17", "s3://acme-models/card-fraud/17/", DIGEST, True, ("model",))


def isvc(plan: ReleasePlan) -> dict[str, Any]:
    return dict(found(TARGET, plan, "InferenceService").body)


def predictor(plan: ReleasePlan) -> dict[str, Any]:
    body: dict[str, Any] = isvc(plan)["spec"]["predictor"]
    return body


def server(plan: ReleasePlan) -> dict[str, Any]:
    [container] = found(TARGET, plan, "ServingRuntime").body["spec"]["containers"]
    assert isinstance(container, dict)
    return container


@pytest.mark.parametrize(("name", "expected"), [
    pytest.param("knative", ["ServingRuntime", "InferenceService", "PodDisruptionBudget"], id="knative"),
    pytest.param("knative, down to zero", ["ServingRuntime", "InferenceService"], id="no budget where all may go"),
    pytest.param("standard by cpu", ["ServingRuntime", "InferenceService", "PodDisruptionBudget"],
                 id="no autoscaler beside the one that KServe makes"),
    pytest.param("standard by memory, one replica", ["ServingRuntime", "InferenceService"],
                 id="no budget for one replica: it would stop every drain"),
    pytest.param("standard by requests",
                 ["ServingRuntime", "InferenceService", "ScaledObject", "PodDisruptionBudget"], id="KEDA"),
    pytest.param("no model yet", [], id="nothing serves before the first model"),
    pytest.param("nothing but training", [], id="no service"),
])
def test_objects(name: str, expected: list[str]) -> None:
    assert kinds(TARGET, SERVING_PLANS[name]) == expected


@pytest.mark.parametrize(("plan", "message", "path"), [
    pytest.param(full(), "kserve cannot render strategy `canary`", ("deployment", "strategy"), id="canary"),
    pytest.param(serving(rollout=canary()._replace(kind="shadow")), "kserve cannot render strategy `shadow`",
                 ("deployment", "strategy"), id="shadow"),
    pytest.param(scaled("concurrency", 5, minimum=0, deployment_mode="standard", prometheus=PROMETHEUS),
                 "kserve cannot render scaling to zero in mode `standard`", ("deployment", "scaling"),
                 id="zero replicas of a Deployment"),
    pytest.param(scaled("rps", 5, deployment_mode="standard"),
                 "kserve cannot render scaling by `rps` in mode `standard` without knowing Prometheus",
                 ("deployment", "scaling"), id="requests that nobody counts"),
    pytest.param(scaled("cpu", 70), "kserve cannot render scaling by `cpu` in mode `knative`",
                 ("deployment", "scaling"), id="cpu under Knative"),
    pytest.param(scaled("memory", 70), "kserve cannot render scaling by `memory` in mode `knative`",
                 ("deployment", "scaling"), id="memory under Knative, where it would be MiB"),
    pytest.param(scaled("concurrency", 2.5),
                 "kserve cannot render a target of 2.5 for `concurrency`, expected a whole number of at least 1",
                 ("deployment", "scaling"), id="half a request"),
    pytest.param(scaled("cpu", 170, deployment_mode="standard"),
                 "kserve cannot render a target of 170 for `cpu`, expected whole percents from 1 to 100",
                 ("deployment", "scaling"), id="more CPU than there is"),
    pytest.param(serving(settings={"timeout": "15m"}),
                 "kserve cannot render requests of 900s in mode `knative`, which ends them after 600s",
                 ("deployment",), id="longer than Knative waits"),
    pytest.param(scaled("cpu", 70, deployment_mode="standard", concurrency_limit=4),
                 "kserve cannot render a concurrency limit in mode `standard`", ("deployment",),
                 id="a limit that only Knative keeps"),
    pytest.param(scaled("concurrency", 50, concurrency_limit=16),
                 "kserve cannot render a target of 50 above the concurrency limit of 16", ("deployment", "scaling"),
                 id="a target that no replica reaches"),
    pytest.param(serving(model=MODEL._replace(uri="models:/card-fraud/17")),
                 "kserve cannot render a model that is at none of `gs://`, `s3://`, `hdfs://`, `webhdfs://`, "
                 "`https://`, `http://`, `oci://`, `pvc://`", ("model",), id="an address that KServe cannot read"),
])
def test_refusals(plan: ReleasePlan, message: str, path: tuple[str, ...]) -> None:
    [refusal] = refusals(TARGET, plan)
    assert (refusal.code, refusal.message, refusal.path) == ("targets/unsupported", message, path)
    assert list(TARGET.render(plan)) == [refusal]


def test_a_refused_strategy_says_the_way_out() -> None:
    helps = [refusals(TARGET, plan)[0].help for plan in (full(), scaled("cpu", 5, deployment_mode="standard")._replace(
        service=service()._replace(settings={"deployment_mode": "standard"}, scaling=Scaling(
            1, 2, "cpu", 50, ()))))]
    assert "nothing moves `canaryTrafficPercent`" in helps[0]
    assert "ignores `canaryTrafficPercent`" in helps[1]
    assert all("use `kind: direct`" in text for text in helps)


def test_several_faults_are_told_together() -> None:
    plan = scaled("cpu", 70, timeout="15m")
    assert len(refusals(TARGET, plan)) == 2


def test_a_refusal_before_the_first_model_is_not_put_off() -> None:
    assert refusals(TARGET, serving(model=None, rollout=canary())) != []


@pytest.mark.parametrize("kind", ["blue-green", "ab-test", "multi-model"])
def test_other_strategies_are_refused(kind: str) -> None:
    rollout = Rollout(kind, (), (), "rollback", {}, ("deployment", "strategy"))
    assert [refusal.message for refusal in refusals(TARGET, serving(rollout=rollout))] == [
        f"kserve cannot render strategy `{kind}`"]


def test_the_model_is_pinned_by_address_content_and_signature_in_one_object() -> None:
    model = predictor(serving())["model"]
    assert model["storageUri"] == "s3://acme-models/card-fraud/17/"
    assert model["env"] == [
        {"name": "MLPROJECT_MODEL_DIGEST", "value": DIGEST}, {"name": "MLPROJECT_MODEL_VERSION", "value": "17"},
        {"name": "MLPROJECT_MODEL_SIGNATURE", "value": "required"},
        {"name": "MLPROJECT_TRUSTED_KEYS", "valueFrom": {"configMapKeyRef": {
            "name": "mlproject-trusted-keys", "key": "keys.pem", "optional": False}}}]
    assert isvc(serving())["metadata"]["annotations"]["mlproject.dev/model-version"] == "17"


def test_a_new_model_changes_the_inference_service_alone() -> None:
    promoted = serving(model=MODEL._replace(version="18", uri="s3://acme-models/card-fraud/18/", digest="sha256:0"))
    before, after = manifests(TARGET, serving()), manifests(TARGET, promoted)
    changed = [new.identity[1] for old, new in zip(before, after, strict=True) if old.body != new.body]
    assert changed == ["InferenceService"]


def test_the_server_runs_our_program_and_no_text_of_the_users() -> None:
    container = server(serving())
    assert container["image"] == SERVER_IMAGE
    assert container["command"] + container["args"] == ["python", "-m", "runtime", "serve"]


def test_the_server_is_told_which_latencies_are_promised() -> None:
    variables = {entry["name"]: entry["value"] for entry in server(serving())["env"]}
    assert variables["MLPROJECT_LATENCY_MILLISECONDS"] == "50"


def test_the_server_has_one_port_because_knative_takes_no_second() -> None:
    assert server(serving())["ports"] == [{"name": "http1", "containerPort": 8080, "protocol": "TCP"}]


def test_the_server_writes_nowhere_but_to_a_small_folder() -> None:
    runtime = found(TARGET, serving(), "ServingRuntime").body["spec"]
    assert server(serving())["securityContext"]["readOnlyRootFilesystem"] is True
    assert runtime["volumes"] == [{"name": "tmp", "emptyDir": {"sizeLimit": "64Mi"}}]


@pytest.mark.parametrize("probe", ["startupProbe", "readinessProbe", "livenessProbe"])
def test_probes_ask_the_server_itself(probe: str) -> None:
    assert server(serving())[probe]["httpGet"]["port"] == 8080


@pytest.mark.parametrize(("plan", "mode", "scaler"), [
    pytest.param(serving(), "Knative", None, id="knative unless said"),
    pytest.param(STANDARD, "Standard", "hpa", id="cpu: KServe makes the autoscaler"),
    pytest.param(SERVING_PLANS["standard by requests"], "Standard", "external", id="requests: KServe makes none"),
])
def test_modes(plan: ReleasePlan, mode: str, scaler: str | None) -> None:
    notes = isvc(plan)["metadata"]["annotations"]
    assert notes["serving.kserve.io/deploymentMode"] == mode
    assert notes.get("serving.kserve.io/autoscalerClass") == scaler


@pytest.mark.parametrize(("plan", "expected"), [
    pytest.param(serving(), {"minReplicas": 2, "maxReplicas": 20, "scaleTarget": 50, "scaleMetric": "concurrency",
                             "containerConcurrency": 0}, id="requests in flight"),
    pytest.param(SERVING_PLANS["knative, down to zero"], {
        "minReplicas": 0, "maxReplicas": 20, "scaleTarget": 10, "scaleMetric": "rps", "containerConcurrency": 0},
        id="down to zero"),
    pytest.param(STANDARD, {"minReplicas": 2, "maxReplicas": 20, "scaleTarget": 70, "scaleMetric": "cpu"}, id="cpu"),
    pytest.param(SERVING_PLANS["standard by requests"], {"minReplicas": 2, "maxReplicas": 20}, id="KEDA's to say"),
])
def test_scaling(plan: ReleasePlan, expected: dict[str, Any]) -> None:
    body = predictor(plan)
    keys = ("minReplicas", "maxReplicas", "scaleTarget", "scaleMetric", "containerConcurrency")
    assert {key: body[key] for key in keys if key in body} == expected


def test_knative_takes_the_target_for_what_one_replica_carries() -> None:
    assert predictor(serving())["annotations"] == {"autoscaling.knative.dev/target-utilization-percentage": "100"}


@pytest.mark.parametrize("key", ["securityContext", "topologySpreadConstraints", "deploymentStrategy"])
def test_knative_gets_nothing_that_it_refuses(key: str) -> None:
    assert key not in predictor(serving())
    assert key in predictor(STANDARD)


def test_keda_asks_for_the_series_of_this_project_alone() -> None:
    spec = found(TARGET, SERVING_PLANS["standard by requests"], "ScaledObject").body["spec"]
    assert spec["scaleTargetRef"]["name"] == "card-fraud-predictor"
    assert spec["triggers"][0]["metadata"] == {
        "serverAddress": PROMETHEUS, "threshold": "2.5", "ignoreNullValues": "false",
        "query": 'sum(mlproject_requests_in_flight{project="card-fraud",environment="production"})'}


@pytest.mark.parametrize(("is_public", "mode", "label"), [
    pytest.param(False, "knative", "networking.knative.dev/visibility", id="knative"),
    pytest.param(False, "standard", "networking.kserve.io/visibility", id="standard"),
    pytest.param(True, "knative", None, id="public"),
])
def test_a_service_stays_in_the_cluster_unless_it_is_public(is_public: bool, mode: str, label: str | None) -> None:
    plan = scaled("cpu" if mode == "standard" else "rps", 50, deployment_mode=mode)
    asked = plan.service
    assert asked is not None
    given = isvc(plan._replace(service=asked._replace(is_public=is_public)))["metadata"]["labels"]
    assert [key for key in given if key.startswith("networking.")] == ([label] if label else [])


def test_accelerators_and_spot_machines() -> None:
    body = predictor(SERVING_PLANS["knative on accelerators of spot machines"])
    assert body["nodeSelector"] == {"nvidia.com/gpu.product": "NVIDIA-A100-SXM4-40GB"}
    assert [toleration["key"] for toleration in body["tolerations"]] == ["nvidia.com/gpu", SPOT]
    assert body["model"]["resources"]["limits"]["nvidia.com/gpu"] == "1"


def test_production_keeps_the_service_until_a_person_confirms() -> None:
    assert "Prune=confirm" in isvc(serving())["metadata"]["annotations"]["argocd.argoproj.io/sync-options"]
    dev = minimal()._replace(service=service()._replace(rollout=direct()))
    assert "argocd.argoproj.io/sync-options" not in isvc(dev)["metadata"]["annotations"]


def test_the_runtime_comes_before_the_service_that_needs_it() -> None:
    waves = [int(each.body["metadata"]["annotations"]["argocd.argoproj.io/sync-wave"])
             for each in manifests(TARGET, SERVING_PLANS["standard by requests"])]
    assert waves == sorted(waves)
    assert waves[0] < waves[1]


@pytest.mark.parametrize(("kind", "place", "cause"), [
    pytest.param("InferenceService", ("spec", "predictor", "model", "storageUri"), ("model",), id="the model"),
    pytest.param("InferenceService", ("spec", "predictor", "model", "env", 0), ("model",), id="its digest"),
    pytest.param("InferenceService", ("spec", "predictor", "minReplicas"), ("deployment", "scaling"), id="replicas"),
    pytest.param("InferenceService", ("spec", "predictor", "model", "resources", "limits", "cpu"),
                 ("training", "hardware"), id="resources"),
    pytest.param("InferenceService", ("spec", "predictor", "model", "resources", "limits", "nvidia.com/gpu"),
                 ("training", "hardware", "accelerator"), id="accelerators"),
    pytest.param("ServingRuntime", ("spec", "containers", 0, "image"), ("deployment",), id="the image"),
    pytest.param("PodDisruptionBudget", ("spec", "maxUnavailable"), ("deployment", "scaling"), id="the budget"),
])
def test_a_finding_points_at_the_line_that_caused_it(kind: str, place: tuple[Any, ...], cause: tuple[str, ...]) -> None:
    plan = serving(resources=GPU_NODE)
    assert found(TARGET, plan, kind).cause(place) == cause
