"""The namespace: who may do what in it, whom pods talk to, how much they may ask for."""

from typing import Any

import pytest

from compiler.ir.common import Accelerator, Resources
from compiler.ir.pipeline import Distribution
from compiler.ir.plan import ReleasePlan
from compiler.targets.access.kubernetes import TARGET
from tests.targets.plans import GIB, full, minimal, pipeline, step, watch
from tests.targets.rendering import found, kinds, manifests, refusals
from tests.targets.serving_plans import SERVING_PLANS, scaled, serving

STANDARD = scaled("cpu", 70, deployment_mode="standard")
METADATA_SERVICE = "169.254.169.254"


def spec(plan: ReleasePlan, kind: str, name: str = "") -> dict[str, Any]:
    body: dict[str, Any] = found(TARGET, plan, kind, name).body["spec"]
    return body


def policies(plan: ReleasePlan) -> list[str]:
    return [each.identity[3] for each in manifests(TARGET, plan) if each.identity[1] == "NetworkPolicy"]


def ports(rules: list[dict[str, Any]]) -> set[int]:
    return {entry["port"] for rule in rules for entry in rule["ports"]}


def test_the_namespace_comes_first_and_is_kept_in_production() -> None:
    first = manifests(TARGET, serving())[0]
    assert first.identity == ("v1", "Namespace", "", "card-fraud-production")
    notes = first.body["metadata"]["annotations"]
    assert "Delete=confirm" in notes["argocd.argoproj.io/sync-options"]
    waves = [int(each.body["metadata"]["annotations"]["argocd.argoproj.io/sync-wave"])
             for each in manifests(TARGET, serving())]
    assert waves == sorted(waves)
    assert waves[0] < waves[1] < 0


def test_the_namespace_takes_no_privileged_pod_and_reports_more() -> None:
    labels = found(TARGET, serving(), "Namespace").body["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "baseline"
    assert labels["pod-security.kubernetes.io/audit"] == labels["pod-security.kubernetes.io/warn"] == "restricted"


@pytest.mark.parametrize(("plan", "expected"), [
    pytest.param(minimal(), {"dev-iris-training": True}, id="training reports with a token"),
    pytest.param(serving(), {"card-fraud-training": True, "card-fraud-batch": True, "card-fraud-serving": False},
                 id="a server has none"),
    pytest.param(minimal()._replace(pipeline=None), {}, id="nobody"),
])
def test_accounts(plan: ReleasePlan, expected: dict[str, bool]) -> None:
    accounts = [each for each in manifests(TARGET, plan) if each.identity[1] == "ServiceAccount"]
    assert {each.identity[3]: each.body["automountServiceAccountToken"] for each in accounts} == expected


def test_accounts_carry_the_identity_of_the_workload() -> None:
    notes = found(TARGET, serving(), "ServiceAccount", "card-fraud-serving").body["metadata"]["annotations"]
    assert notes["eks.amazonaws.com/role-arn"] == "arn:aws:iam::111122223333:role/card-fraud"


def test_a_run_may_report_what_became_of_a_step_and_no_more() -> None:
    assert found(TARGET, serving(), "Role").body["rules"] == [
        {"apiGroups": ["argoproj.io"], "resources": ["workflowtaskresults"], "verbs": ["create", "patch"]}]


def test_nothing_of_the_cluster_is_granted() -> None:
    assert not {"ClusterRole", "ClusterRoleBinding", "Secret"} & set(kinds(TARGET, serving()))


def test_the_server_is_bound_to_no_role() -> None:
    bound = [subject["name"] for each in manifests(TARGET, serving()) if each.identity[1] == "RoleBinding"
             for subject in each.body["subjects"]]
    assert bound == ["card-fraud-training", "card-fraud-batch"]


@pytest.mark.parametrize(("plan", "expected"), [
    pytest.param(minimal(), ["default-deny", "dns", "training"], id="training alone"),
    pytest.param(serving(), ["default-deny", "dns", "training", "batch", "serving"], id="everything"),
    pytest.param(serving()._replace(watch=watch()), ["default-deny", "dns", "training", "batch", "drift", "serving"],
                 id="watched"),
    pytest.param(serving(model=None), ["default-deny", "dns", "training", "batch"], id="no server before a model"),
])
def test_policies(plan: ReleasePlan, expected: list[str]) -> None:
    prefix = plan.identity.prefix + plan.identity.name
    assert policies(plan) == [f"{prefix}-{part}" for part in expected]


def test_every_pod_is_denied_everything_first() -> None:
    assert spec(serving(), "NetworkPolicy", "card-fraud-default-deny") == {
        "podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


@pytest.mark.parametrize("component", ["training", "serving"])
def test_nobody_reaches_the_metadata_service(component: str) -> None:
    blocks = [peer["ipBlock"] for rule in spec(serving(), "NetworkPolicy", f"card-fraud-{component}")["egress"]
              for peer in rule["to"] if "ipBlock" in peer]
    assert [block["cidr"] for block in blocks] == ["0.0.0.0/0", "::/0"]
    assert blocks[0]["except"] == ["169.254.0.0/16"]


def test_on_google_the_metadata_service_gives_the_accounts_token() -> None:
    plan = serving()
    plan = plan._replace(access=plan.access._replace(
        annotations={"iam.gke.io/gcp-service-account": "card-fraud@acme.iam.gserviceaccount.com"}))
    egress = spec(plan, "NetworkPolicy", "card-fraud-training")["egress"]
    allowed = [rule for rule in egress if rule["to"][0].get("ipBlock", {}).get("cidr", "").startswith("169.254")]
    assert [(rule["to"][0]["ipBlock"]["cidr"], ports([rule])) for rule in allowed] == [
        ("169.254.169.254/32", {80}), ("169.254.169.252/32", {988})]


def test_runs_reach_data_registry_and_api_server() -> None:
    egress = spec(minimal(), "NetworkPolicy", "dev-iris-training")["egress"]
    assert ports(egress) == {443, 5000, 6443, 9091}


def test_nobody_calls_a_run() -> None:
    assert "ingress" not in spec(serving(), "NetworkPolicy", "card-fraud-training")


def test_workers_of_one_training_talk_to_each_other() -> None:
    many = step("train", distribution=Distribution("ray", 4, ("training", "hardware", "nodes")))
    plan = full()._replace(pipeline=pipeline()._replace(steps=(many,)))
    body = spec(plan, "NetworkPolicy", "card-fraud-training")
    own = {"podSelector": {"matchLabels": body["podSelector"]["matchLabels"]}}
    assert body["ingress"] == [{"from": [own]}]
    assert body["egress"][-1] == {"to": [own]}


@pytest.mark.parametrize(("plan", "namespaces"), [
    pytest.param(serving(), ["gateway", "knative-serving"], id="behind Knative"),
    pytest.param(STANDARD, ["gateway"], id="a plain Deployment of KServe"),
    pytest.param(SERVING_PLANS["plain kubernetes by cpu"], ["gateway"], id="no KServe at all"),
])
def test_requests_come_through_the_gateway(plan: ReleasePlan, namespaces: list[str]) -> None:
    callers = spec(plan, "NetworkPolicy", "card-fraud-serving")["ingress"][0]["from"]
    assert [peer["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"] for peer in callers
            if "namespaceSelector" in peer] == namespaces


def test_metrics_are_read_from_the_monitoring_namespace() -> None:
    rules = spec(STANDARD, "NetworkPolicy", "card-fraud-serving")["ingress"]
    [reading] = [rule for rule in rules if rule["from"][0].get("namespaceSelector", {}).get("matchLabels")
                 == {"kubernetes.io/metadata.name": "monitoring"}]
    assert ports([reading]) == {8080}


def test_the_quota_counts_what_is_asked_for_and_opens_no_port() -> None:
    assert spec(serving(), "ResourceQuota")["hard"] == {
        "requests.cpu": "200", "requests.memory": "800Gi", "limits.cpu": "200", "limits.memory": "800Gi",
        "requests.nvidia.com/gpu": "8", "pods": "100", "services.loadbalancers": "0", "services.nodeports": "0"}


def test_without_accelerators_none_comes_in_by_another_way() -> None:
    assert spec(minimal(), "ResourceQuota")["hard"]["requests.nvidia.com/gpu"] == "0"


def test_containers_that_controllers_add_have_limits_too() -> None:
    [limit] = spec(serving(), "LimitRange")["limits"]
    assert limit["default"] == {"cpu": "1", "memory": "1Gi"}


def test_one_quota_over_two_resources_is_refused() -> None:
    other = Accelerator("mi300", "amd.com/gpu", 1, {}, ("deployment", "hardware", "accelerator"))
    plan = serving(resources=Resources(1000, GIB, GIB, other, ("deployment", "hardware")))
    [refusal] = refusals(TARGET, plan)
    assert refusal.message == ("kubernetes cannot render one quota of accelerators over `amd.com/gpu` and "
                               "`nvidia.com/gpu`, each of which it counts on its own")
    assert list(TARGET.render(plan)) == [refusal]
