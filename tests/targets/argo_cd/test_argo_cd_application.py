"""Argo CD: what it applies for a project, and what it must never do."""

from typing import Any

import pytest

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.plan import ReleasePlan
from compiler.passes.verify import verify
from compiler.targets.delivery.argo_cd import TARGET
from compiler.targets.kubernetes.protection import protection
from tests.targets.plans import full, minimal

CONFIRM = "Prune=confirm,Delete=confirm"


def staging() -> ReleasePlan:
    environment = full().environment._replace(name="staging", mode="standard", namespace="card-fraud-staging")
    return full()._replace(environment=environment)


def objects(plan: ReleasePlan) -> dict[str, Any]:
    rendered = [item for item in TARGET.render(plan) if isinstance(item, Manifest)]
    assert {item.concern for item in rendered} == {"delivery"}
    return {item.identity[1]: item.body for item in rendered}


def application(plan: ReleasePlan) -> Any:
    return objects(plan)["Application"]


def project(plan: ReleasePlan) -> Any:
    return objects(plan)["AppProject"]["spec"]


@pytest.mark.parametrize("plan", [pytest.param(minimal(), id="development"), pytest.param(staging(), id="staging"),
                                  pytest.param(full(), id="production")])
def test_our_verify_accepts_it(plan: ReleasePlan) -> None:
    assert verify([item for item in TARGET.render(plan) if isinstance(item, Manifest)]) == ()


def test_one_argo_cd_can_hold_every_environment_of_a_project() -> None:
    names = {application(plan)["metadata"]["name"] for plan in (full(), staging())}
    assert names == {"card-fraud-production", "card-fraud-staging"}


def test_the_folder_of_the_project_is_applied_without_the_files_that_are_no_part_of_it() -> None:
    assert application(full())["spec"]["source"] == {
        "repoURL": "https://git.example.com/ml/gitops.git", "targetRevision": "main",
        "path": "generated/production/card-fraud", "directory": {"exclude": "{index.json,delivery.yaml}"}}


def test_git_decides_but_an_empty_folder_does_not() -> None:
    policy = application(full())["spec"]["syncPolicy"]
    assert policy["automated"] == {"prune": True, "selfHeal": True}
    assert {"CreateNamespace=false", "ServerSideApply=true", "PruneLast=true", "FailOnSharedResource=true",
            "RespectIgnoreDifferences=true"} <= set(policy["syncOptions"])
    assert policy["retry"]["limit"] > 0


def test_in_production_nothing_goes_before_a_person_confirms() -> None:
    metadata = application(full())["metadata"]
    assert metadata["annotations"]["argocd.argoproj.io/sync-options"] == CONFIRM
    assert "finalizers" not in metadata


@pytest.mark.parametrize("plan", [pytest.param(minimal(), id="development"), pytest.param(staging(), id="staging")])
def test_elsewhere_what_was_applied_goes_with_its_application(plan: ReleasePlan) -> None:
    metadata = application(plan)["metadata"]
    assert metadata["finalizers"] == ["resources-finalizer.argocd.argoproj.io"]
    assert CONFIRM not in metadata.get("annotations", {}).values()


def test_serving_is_protected_in_production_alone() -> None:
    assert protection(full()) == {"argocd.argoproj.io/sync-options": CONFIRM}
    assert protection(staging()) == protection(minimal()) == {}


def test_the_project_reaches_one_repository_one_cluster_one_namespace() -> None:
    spec = project(full())
    assert spec["sourceRepos"] == ["https://git.example.com/ml/gitops.git"]
    assert spec["destinations"] == [
        {"server": "https://production.example.com:6443", "namespace": "card-fraud-production"}]
    assert "*" not in str(spec)
    assert "roles" not in spec


def test_the_project_admits_no_secret_no_pod_and_no_rights_in_the_whole_cluster() -> None:
    spec = project(full())
    kinds = {each["kind"] for each in spec["namespaceResourceWhitelist"]}
    assert not kinds & {"Secret", "Pod", "Job", "Workflow", "Application", "AppProject"}
    assert [each["kind"] for each in spec["clusterResourceWhitelist"]] == ["Namespace"]


def test_what_nobody_owns_is_reported_but_for_runs() -> None:
    assert project(full())["orphanedResources"] == {
        "warn": True, "ignore": [{"group": "argoproj.io", "kind": "Workflow"}]}


def test_the_project_is_there_before_its_application() -> None:
    waves = [each["metadata"].get("annotations", {}).get("argocd.argoproj.io/sync-wave", "0")
             for each in objects(full()).values()]
    assert waves == ["-1", "0"]


@pytest.mark.parametrize(("repository", "links"), [
    pytest.param("https://git.example.com/ml/gitops.git", ["https://git.example.com/ml/gitops.git"], id="https"),
    pytest.param("git@git.example.com:ml/gitops.git", [], id="ssh")])
def test_only_https_becomes_a_link(repository: str, links: list[str]) -> None:
    plan = full()._replace(delivery=full().delivery._replace(repository=repository))
    assert [each["value"] for each in application(plan)["spec"]["info"] if each["name"] == "Repository"] == links


@pytest.mark.parametrize(("change", "words"), [
    pytest.param({"repository": "*"}, "repository", id="every repository"),
    pytest.param({"repository": "https://git.example.com/*"}, "repository", id="every repository of a host"),
    pytest.param({"repository": "https://user:pass@git.example.com/a/b"}, "repository", id="a password"),
    pytest.param({"repository": "javascript:alert(1)"}, "repository", id="no address"),
    pytest.param({"repository": "https://git.example.com/a/b\n"}, "repository", id="a line break"),
    pytest.param({"repository": ""}, "repository", id="nothing"),
    pytest.param({"server": "*"}, "cluster", id="every cluster"),
    pytest.param({"server": "https://*.example.com"}, "cluster", id="some clusters"),
    pytest.param({"revision": "--upload-pack=x"}, "revision", id="an option for git"),
    pytest.param({"revision": "main; true"}, "revision", id="a command")])
def test_delivery_that_would_reach_further_is_refused(change: dict[str, Any], words: str) -> None:
    [refusal] = TARGET.render(full()._replace(delivery=full().delivery._replace(**change)))
    assert isinstance(refusal, Diagnostic)
    assert refusal.code == "targets/unsupported"
    assert refusal.path == ("platform", "repository")
    assert words in refusal.message
    assert "pass@" not in refusal.message + refusal.help
