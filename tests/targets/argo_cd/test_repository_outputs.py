"""What a repository has once: roots of the environments, owners of the folders."""

from typing import Any

import pytest

from compiler.artifact.artifact import Manifest, TextFile
from compiler.ir.plan import ReleasePlan
from compiler.passes.verify import verify
from compiler.targets.delivery.repository import render_repository
from tests.targets.plans import full, minimal


def roots(*plans: ReleasePlan) -> dict[tuple[str, str], Any]:
    found = [item for item in render_repository(plans) if isinstance(item, Manifest)]
    assert verify(found) == ()
    return {(item.concern, item.identity[1]): item.body for item in found}


def owners(*plans: ReleasePlan) -> list[str]:
    [found] = [item for item in render_repository(plans) if isinstance(item, TextFile)]
    assert found.path == "CODEOWNERS"
    return [line for line in found.text.splitlines() if not line.startswith("#")]


def of_team(team: str, *, repository: str = "https://github.com/acme/gitops.git") -> ReleasePlan:
    return full()._replace(identity=full().identity._replace(team=team),
                           delivery=full().delivery._replace(repository=repository))


def named(name: str) -> ReleasePlan:
    return full()._replace(identity=full().identity._replace(name=name))


def test_a_repository_without_projects_has_nothing() -> None:
    assert list(render_repository(())) == []


def test_every_environment_has_a_root_that_finds_its_projects() -> None:
    spec = roots(full(), minimal())["production", "Application"]["spec"]
    assert spec["source"] == {
        "repoURL": "https://git.example.com/ml/gitops.git", "targetRevision": "main", "path": "generated/production",
        "directory": {"recurse": True, "include": "*/delivery.yaml"}}
    assert set(roots(full(), minimal())) == {
        (environment, kind) for environment in ("dev", "production") for kind in ("AppProject", "Application")}


def test_a_root_writes_applications_and_nothing_else() -> None:
    spec = roots(full())["production", "AppProject"]["spec"]
    assert {each["kind"] for each in spec["namespaceResourceWhitelist"]} == {"AppProject", "Application"}
    assert spec["destinations"] == [{"server": "https://kubernetes.default.svc", "namespace": "argocd"}]
    assert spec["clusterResourceWhitelist"] == []


def test_a_root_takes_no_application_with_it() -> None:
    assert all("finalizers" not in body["metadata"] for body in roots(full(), minimal()).values())
    policy = roots(full())["production", "Application"]["spec"]["syncPolicy"]
    assert "allowEmpty" not in policy["automated"]


def test_no_project_can_be_called_like_a_root() -> None:
    assert "." in roots(full())["production", "Application"]["metadata"]["name"]


def test_the_order_of_plans_does_not_matter() -> None:
    assert list(render_repository([full(), minimal()])) == list(render_repository([minimal(), full()]))


def test_a_team_owns_its_spec_and_what_it_becomes() -> None:
    assert owners(of_team("risk")) == [
        "* @acme/platform", "/policies/ @acme/platform", "/specs/defaults.yaml @acme/platform",
        "/specs/card-fraud/ @acme/risk", "/generated/*/card-fraud/ @acme/risk"]


def test_projects_are_sorted_and_named_once() -> None:
    lines = owners(named("zebra"), named("ant"), named("ant"))
    assert [line.split()[0] for line in lines if line.startswith("/specs/") and "defaults" not in line] == [
        "/specs/ant/", "/specs/zebra/"]


def test_a_project_of_two_teams_has_two_owners() -> None:
    assert "/specs/card-fraud/ @acme/fraud @acme/risk" in owners(of_team("risk"), of_team("fraud"))


@pytest.mark.parametrize(("repository", "owner"), [
    pytest.param("https://github.com/acme/gitops.git", "@acme/risk", id="https"),
    pytest.param("git@github.com:acme/gitops.git", "@acme/risk", id="ssh, as a path"),
    pytest.param("ssh://git@git.example.com:7999/acme/gitops.git", "@acme/risk", id="ssh, with a port"),
    pytest.param("file:///srv/gitops.git", "@risk", id="no organisation")])
def test_the_organisation_is_that_of_the_repository(repository: str, owner: str) -> None:
    assert f"/specs/card-fraud/ {owner}" in owners(of_team("risk", repository=repository))


@pytest.mark.parametrize("name", ["a b", "*", "a\n* @evil", "../x", "a #", ""])
def test_a_name_that_would_be_more_than_a_name_is_a_bug_of_ours(name: str) -> None:
    with pytest.raises(ValueError, match="no DNS label"):
        list(render_repository([named(name)]))
