"""Argo Workflows: what a step becomes."""

from itertools import pairwise
from typing import Any

import pytest

from compiler.ir.common import SecretKey
from compiler.ir.pipeline import Distribution, FanOut, Retry
from tests.targets.argo_workflows.argo_rendering import found, refusals, tasks, templates, with_exit, with_step
from tests.targets.plans import SPOT, full, pipeline, step

AT = ("training", "hardware", "nodes")


def flags(arguments: list[str], flag: str) -> list[str]:
    return [value for name, value in pairwise(arguments) if name == flag]


def containers() -> list[dict[str, Any]]:
    return [template["container"] for template in templates(full()).values() if "container" in template]


def test_a_step_runs_the_runtime_and_nothing_of_the_users() -> None:
    container = templates(full())["validate"]["container"]
    assert container["command"] == ["python", "-m", "runtime"]
    assert container["args"] == [
        "validate", "--plan", "/etc/mlproject/plan.json", "--plan-digest", "{{workflow.parameters.plan-digest}}",
        "--input", "data={{inputs.artifacts.data.path}}", "--output", "data={{outputs.artifacts.data.path}}",
        "--output", "quarantine={{outputs.artifacts.quarantine.path}}",
        "--output", "report={{outputs.artifacts.report.path}}", "--result", "{{outputs.parameters.result.path}}"]


def test_no_path_but_that_of_the_plan_is_in_a_command_line() -> None:
    words = {word for container in containers() for word in container["args"] if "/" in word}
    assert words == {"/etc/mlproject/plan.json"}


def test_artifacts_pass_from_step_to_step_by_name() -> None:
    assert tasks(full())["evaluate"]["arguments"]["artifacts"] == [
        {"name": "model", "from": "{{tasks.train.outputs.artifacts.model}}"},
        {"name": "holdout", "from": "{{tasks.features.outputs.artifacts.holdout}}"}]
    names = [artifact["name"] for artifact in templates(full())["evaluate"]["inputs"]["artifacts"]]
    assert names == ["model", "holdout"]


def test_an_input_that_the_contract_calls_optional_may_be_absent() -> None:
    optional = {given["name"]: given.get("optional", False)
                for given in templates(full())["train"]["inputs"]["artifacts"]}
    assert optional == {"train": False, "transform": False, "trials": True}


def test_a_step_follows_only_what_succeeded() -> None:
    assert tasks(full())["register"]["depends"] == "sign.Succeeded && profile.Succeeded"
    assert "depends" not in tasks(full())["ingest"]


def test_a_step_behind_the_gates_waits_for_their_verdict() -> None:
    assert tasks(full())["export"]["when"] == "{{tasks.gates.outputs.parameters.verdict}} == pass"
    assert "gates.Succeeded" in tasks(full())["export"]["depends"]
    assert flags(templates(full())["gates"]["container"]["args"], "--verdict") == [
        "{{outputs.parameters.verdict.path}}"]


def test_only_a_step_that_others_wait_for_says_its_verdict() -> None:
    saying = [name for name, template in templates(full()).items()
              if any(given["name"] == "verdict" for given in template.get("outputs", {}).get("parameters", ()))]
    assert saying == ["gates"]


def test_a_fan_out_runs_each_item_and_never_more_at_once_than_allowed() -> None:
    outer = templates(full())["tune"]
    [task] = outer["dag"]["tasks"]
    assert outer["parallelism"] == 4
    assert task["withItems"] == list(range(8))
    assert flags(templates(full())[task["template"]]["container"]["args"], "--item") == ["{{inputs.parameters.item}}"]


def test_whoever_reads_a_fan_out_gets_the_results_of_all_items() -> None:
    [result] = templates(full())["tune"]["outputs"]["parameters"]
    assert result == {"name": "result", "valueFrom": {"parameter": "{{tasks.item.outputs.parameters.result}}"}}
    assert {"name": "trials", "raw": {"data": "{{tasks.tune.outputs.parameters.result}}"}} in (
        tasks(full())["train"]["arguments"]["artifacts"])
    assert "artifacts" not in templates(full())["tune-item"]["outputs"]


def test_a_gpu_step_asks_for_the_gpu_and_goes_where_gpus_are() -> None:
    template = templates(full())["train"]
    assert template["container"]["resources"]["limits"]["nvidia.com/gpu"] == "1"
    assert template["nodeSelector"] == {"nvidia.com/gpu.product": "NVIDIA-A100-SXM4-40GB"}
    assert {each["key"] for each in template["tolerations"]} == {"nvidia.com/gpu", SPOT}


def test_a_cpu_step_tolerates_nothing() -> None:
    assert not {"nodeSelector", "tolerations"} & set(templates(full())["validate"])


def test_every_container_is_locked_down() -> None:
    for container in containers():
        security = container["securityContext"]
        assert security["readOnlyRootFilesystem"] is True
        assert security["runAsNonRoot"] is True
        assert security["capabilities"] == {"drop": ["ALL"]}


def test_every_container_writes_below_volumes_alone() -> None:
    spec = found(full(), "WorkflowTemplate").body["spec"]
    empty = {volume["name"] for volume in spec["volumes"] if "emptyDir" in volume}
    for template in templates(full()).values():
        if "container" not in template:
            continue
        mounts = {mount["mountPath"] for mount in template["container"]["volumeMounts"]
                  if mount["name"] in empty and not mount.get("readOnly")}
        outputs = template["outputs"]
        paths = [each["path"] for each in outputs.get("artifacts", ())]
        paths += [each["valueFrom"]["path"] for each in outputs["parameters"]]
        assert all(any(path.startswith(f"{mount}/") for mount in mounts) for path in paths)


def test_inputs_are_where_every_user_can_read_them() -> None:
    mounts = {mount["mountPath"] for container in containers() for mount in container["volumeMounts"]}
    paths = {given["path"] for template in templates(full()).values() if "container" in template
             for given in template.get("inputs", {}).get("artifacts", ())}
    assert paths
    assert not any(path.startswith(f"{mount}/") for path in paths for mount in mounts)


def test_no_container_of_a_step_has_the_token_that_reports_results() -> None:
    for container in containers():
        [mount] = [each for each in container["volumeMounts"] if each["name"] == "no-token"]
        assert mount["mountPath"] == "/var/run/secrets/kubernetes.io/serviceaccount"


def test_the_plan_is_mounted_read_only() -> None:
    for container in containers():
        assert {"name": "plan", "mountPath": "/etc/mlproject", "readOnly": True} in container["volumeMounts"]


def test_attempts_are_for_what_another_attempt_can_change() -> None:
    strategy = templates(full())["train"]["retryStrategy"]
    assert strategy == {
        "limit": "2", "retryPolicy": "Always",
        "expression": 'lastRetry.exitCode != "1" && lastRetry.exitCode != "2" && lastRetry.exitCode != "70"',
        "backoff": {"duration": "300s", "factor": "2"}}


def test_no_attempts_no_strategy() -> None:
    assert "retryStrategy" not in templates(full())["validate"]


def test_attempts_without_a_wait_have_no_backoff() -> None:
    plan = with_step("train", retry=Retry(3, 0, ("training", "retry")))
    assert "backoff" not in templates(plan)["train"]["retryStrategy"]


def test_every_attempt_is_limited_in_time() -> None:
    assert templates(full())["train"]["activeDeadlineSeconds"] == 14400
    assert "activeDeadlineSeconds" not in templates(full())["tune"]


def test_a_secret_is_a_reference_under_a_name_that_can_do_no_harm() -> None:
    secrets = (SecretKey("path", "risk/x", "y", ("data",)), SecretKey("ld-preload", "risk/x", "z", ("data",)))
    variables = templates(with_step("ingest", secrets=secrets))["ingest"]["container"]["env"]
    assert {"name": "SECRET_PATH", "valueFrom": {"secretKeyRef": {"name": "card-fraud-secrets", "key": "path"}}} in (
        variables)
    assert not {"PATH", "LD_PRELOAD"} & {variable["name"] for variable in variables}


def test_telemetry_says_whose_it_is() -> None:
    variables = {each["name"]: each.get("value") for each in templates(full())["train"]["container"]["env"]}
    assert variables["OTEL_SERVICE_NAME"] == "card-fraud-training"
    assert "deployment.environment.name=production" in str(variables["OTEL_RESOURCE_ATTRIBUTES"])
    assert variables["MLPROJECT_RUN"] == "{{workflow.name}}"


def test_the_step_at_exit_learns_how_it_ended_and_nothing_else_of_the_run() -> None:
    assert found(full(), "WorkflowTemplate").body["spec"]["onExit"] == "notify"
    arguments = templates(full())["notify"]["container"]["args"]
    assert flags(arguments, "--status") == ["{{workflow.status}}"]
    assert "failures" not in str(templates(full()))


def test_without_a_step_at_exit_there_is_no_handler() -> None:
    plan = full()._replace(pipeline=pipeline()._replace(at_exit=None))
    assert "onExit" not in found(plan, "WorkflowTemplate").body["spec"]


@pytest.mark.parametrize(("place", "origin"), [
    pytest.param(("container", "resources", "limits", "memory"), ("training", "hardware"), id="memory"),
    pytest.param(("container", "resources", "limits", "nvidia.com/gpu"), ("training", "hardware", "accelerator"),
                 id="accelerator"),
    pytest.param(("container", "image"), ("training", "image"), id="image"),
    pytest.param(("retryStrategy", "limit"), ("training", "retry"), id="retry"),
    pytest.param(("nodeSelector",), ("training", "hardware", "accelerator"), id="node selector"),
    pytest.param(("activeDeadlineSeconds",), ("training",), id="deadline")])
def test_a_finding_on_a_template_is_one_on_the_line_of_the_spec(place: tuple[str, ...],
                                                                origin: tuple[str, ...]) -> None:
    template = found(full(), "WorkflowTemplate")
    names = [each["name"] for each in template.body["spec"]["templates"]]
    assert template.cause(("spec", "templates", names.index("train"), *place)) == origin


def test_a_finding_on_a_secret_is_one_on_its_reference() -> None:
    template = found(full(), "WorkflowTemplate")
    index, ingest = next((index, each) for index, each in enumerate(template.body["spec"]["templates"])
                         if each["name"] == "ingest")
    at = [each["name"] for each in ingest["container"]["env"]].index("SECRET_RISK_LAKE_READER")
    assert template.cause(("spec", "templates", index, "container", "env", at, "valueFrom")) == (
        "data", "sources", 0, "credentials")


@pytest.mark.parametrize(("plan", "path", "words"), [
    pytest.param(with_step("train", distribution=Distribution("ray", 4, AT)), AT, "4 nodes with ray",
                 id="training on several nodes"),
    pytest.param(with_step("sign", program="export", origin=("model",)), ("model",), "second step that runs `export`",
                 id="two steps of one program"),
    pytest.param(with_step("gates", fan_out=FanOut((0, 1), 1)), ("training",), "one for each item",
                 id="a verdict for each item"),
    pytest.param(with_exit(inputs={"model": ("train", "model")}, origin=("alerts",)), ("alerts",),
                 "depends on other steps", id="a step at exit that reads artifacts")])
def test_what_argo_cannot_say_is_refused_at_its_line(plan: Any, path: tuple[str, ...], words: str) -> None:
    [refusal] = refusals(plan)
    assert refusal.code == "targets/unsupported"
    assert refusal.path == path
    assert words in refusal.message


def test_distribution_over_one_node_is_none() -> None:
    assert refusals(with_step("train", distribution=Distribution("ray", 1, AT))) == []


def test_a_step_that_the_contract_does_not_know_can_be_rendered() -> None:
    own = step("promote", name="scan", after=("promote",))._replace(program="acme-scan")
    plan = full()._replace(pipeline=pipeline()._replace(steps=(*pipeline().steps, own)))
    assert templates(plan)["scan"]["container"]["args"][0] == "acme-scan"
