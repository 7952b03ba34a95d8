"""Mistakes that the cluster, or a controller, would find later are refused with their code."""

import copy

import pytest

from compiler.artifact.artifact import Manifest
from compiler.passes.verify import verify
from tests.unit.verify.mistakes import MISTAKES, Mistake, broken_project
from tests.unit.verify.project import body, good_bodies, manifests

TABLE = [pytest.param(mistake, id=mistake.sentence) for mistake in MISTAKES]


def test_the_good_project_is_accepted() -> None:
    assert verify(manifests(good_bodies())) == ()


@pytest.mark.parametrize("mistake", TABLE)
def test_a_mistake_is_refused_with_its_code(mistake: Mistake) -> None:
    found = verify(manifests(broken_project(mistake)))
    assert mistake.code in {diagnostic.code for diagnostic in found}
    assert all(diagnostic.severity == "error" for diagnostic in found)


def test_no_mistake_of_one_object_is_blamed_on_others() -> None:
    """The kind of the object that was changed is in the findings."""
    for mistake in MISTAKES:
        if mistake.code in ("verify/name", "verify/duplicate-object", "verify/namespace"):
            continue
        found = [one for one in verify(manifests(broken_project(mistake))) if one.code == mistake.code]
        kind = mistake.target.partition("/")[0]
        admitted = mistake.target.startswith("AppProject") and "project" in mistake.code
        assert admitted or any(f"`{kind}/" in one.message for one in found), mistake.sentence


def test_a_kind_without_a_schema_is_refused() -> None:
    (found,) = verify(manifests([body("example.com/v1", "Widget", "a")]))
    assert (found.code, found.message) == ("verify/no-schema", "`Widget/a`: no schema for `Widget` of `example.com/v1`")


def test_a_finding_names_the_object_and_the_place_and_points_at_the_spec() -> None:
    service = body("v1", "Service", "api", spec={"ports": [{"port": 70000}], "type": "ClusterIP"})
    origins = {("spec", "ports"): ("deployment", "port")}
    (found,) = verify([Manifest("serving", service, ("deployment",), origins)])
    assert found.message == "`Service/api` at `spec.ports[0].port`: met 70000, expected at most 65535"
    assert found.path == ("deployment", "port")
    assert found.help


def test_values_that_may_be_secrets_are_not_repeated() -> None:
    config = body("v1", "ConfigMap", "a", data={"key": ["hunter2"]})
    workflow = body(
        "argoproj.io/v1alpha1",
        "WorkflowTemplate",
        "a",
        spec={
            "templates": [
                {"name": "a", "container": {"image": "a", "args": ['{{"password": "hunter2"}}', "{{ hunter2 }}"]}}
            ]
        },
    )
    found = verify(manifests([config])) + verify(manifests([workflow]))
    assert len(found) == 3
    assert not any("hunter2" in diagnostic.message for diagnostic in found)


def test_a_misshapen_object_hides_no_other_finding_and_makes_none() -> None:
    """References to an object that is there, but broken, are not findings of their own."""
    bodies = good_bodies()
    for item in bodies:
        if item["kind"] == "ServiceAccount":
            item["unknown"] = 1
        if item["kind"] == "CronJob":
            item["spec"]["schedule"] = "never"
    assert {diagnostic.code for diagnostic in verify(manifests(bodies))} == {"verify/schema", "verify/cron"}


def test_verify_changes_nothing() -> None:
    bodies = good_bodies()
    before = copy.deepcopy(bodies)
    verify(manifests(bodies))
    assert bodies == before


def test_the_findings_do_not_depend_on_earlier_calls() -> None:
    broken = manifests(broken_project(MISTAKES[0]))
    assert verify(broken) == verify(broken)


@pytest.mark.parametrize(
    ("selector", "is_known"),
    [
        pytest.param({"serving.kserve.io/inferenceservice": "card-fraud"}, True, id="pods that KServe makes"),
        pytest.param({"serving.kserve.io/inferenceservice": "other"}, False, id="pods of another model"),
        pytest.param({"component": "transformer"}, True, id="pods of a transformer"),
        pytest.param({"app": "training"}, True, id="pods that Argo makes"),
        pytest.param({"workflows.argoproj.io/workflow": "x", "app": "training"}, True, id="pods of one run"),
        pytest.param({}, True, id="all pods"),
    ],
)
def test_which_pods_a_policy_can_select(selector: dict[str, str], is_known: bool) -> None:
    policy = body("networking.k8s.io/v1", "NetworkPolicy", "one", spec={"podSelector": {"matchLabels": selector}})
    found = verify(manifests([*good_bodies(), policy]))
    assert [diagnostic.code for diagnostic in found] == ([] if is_known else ["verify/selects-nothing"])
