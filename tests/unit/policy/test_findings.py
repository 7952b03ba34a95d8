"""From findings to diagnostics: code, severity and help of METADATA, places in the spec."""

import pytest

from compiler.artifact.artifact import Manifest
from compiler.policy.findings import diagnose_manifests, diagnose_spec
from compiler.policy.inputs import foreign_input, manifests_input, spec_input
from compiler.policy.interface import Finding, Policy
from tests.projects import project_of

METADATA = """\
title: A law
description: Why.
custom: {code: noun/my-rule, stage: spec, severity: warning, help: mend it}"""


def policy(metadata: str = METADATA, *, stage: str = "spec") -> Policy:
    return Policy(stage, "noun", "my_rule", "policies/noun/my_rule.rego", metadata, 2)


def test_code_severity_and_help_come_from_metadata() -> None:
    (diagnostic,) = diagnose_spec([Finding(policy(), "it is bad", ("data", "sources", 0))])
    assert (diagnostic.code, diagnostic.severity, diagnostic.message, diagnostic.path, diagnostic.help) == (
        "noun/my-rule", "warning", "it is bad", ("data", "sources", 0), "mend it")


def test_help_of_the_finding_stands_before_that_of_metadata() -> None:
    (diagnostic,) = diagnose_spec([Finding(policy(), "it is bad", ("data",), None, "do this")])
    assert diagnostic.help == "do this"


@pytest.mark.parametrize(("metadata", "reason"), [
    pytest.param("", "there is no `custom` mapping", id="none"),
    pytest.param("title: [", "syntax", id="no YAML"),
    pytest.param("title: A\ndescription: B", "there is no `custom` mapping", id="no custom"),
    pytest.param("description: B\ncustom: {code: noun/my-rule, stage: spec, severity: error}", "title", id="no title"),
    pytest.param(METADATA.replace("noun/my-rule", "a/b"), "code is `a/b`, expected `noun/my-rule`", id="another code"),
    pytest.param(METADATA.replace("stage: spec", "stage: both"), "stage is `both`", id="another stage"),
    pytest.param(METADATA.replace("warning", "fatal"), "severity is `fatal`", id="an unknown severity"),
    pytest.param(METADATA.replace("help", "hlep"), "does not know `hlep`", id="an unknown key"),
])
def test_bad_metadata_is_a_fault_and_its_finding_an_error(metadata: str, reason: str) -> None:
    wrong, finding = diagnose_spec([Finding(policy(metadata), "it is bad", ("data",))])
    assert wrong.code == "policy/bad-metadata"
    assert reason in wrong.message or reason == "syntax"
    assert wrong.span is not None
    assert (wrong.span.file, wrong.span.line) == ("policies/noun/my_rule.rego", 2)
    assert (finding.code, finding.severity, finding.message) == ("noun/my-rule", "error", "it is bad")


def test_bad_metadata_is_said_once_for_many_findings() -> None:
    bad = policy("")
    assert [one.code for one in diagnose_spec([Finding(bad, "a", ("x",)), Finding(bad, "b", ("x",))])] == [
        "policy/bad-metadata", "noun/my-rule", "noun/my-rule"]


def test_a_finding_about_a_manifest_stands_at_what_caused_it() -> None:
    manifests = [
        Manifest("access", {"kind": "Role", "metadata": {"name": "a"}}, ("platform",)),
        Manifest("serving", {"kind": "Deployment", "metadata": {"name": "b"}}, ("deployment",),
                 {("spec", "image"): ("deployment", "image")}),
    ]
    metadata = METADATA.replace("stage: spec", "stage: manifests")
    at_image, elsewhere = diagnose_manifests(
        [Finding(policy(metadata, stage="manifests"), "no", ("spec", "image", "x"), 1),
         Finding(policy(metadata, stage="manifests"), "no", ("rules", 0), 0)], manifests)
    assert (at_image.message, at_image.path) == ("Deployment `b`: no", ("deployment", "image"))
    assert (elsewhere.message, elsewhere.path) == ("Role `a`: no", ("platform",))


def test_the_inputs_hold_what_the_documentation_says() -> None:
    project = project_of({})
    judged = spec_input(project)
    assert judged["stage"] == "spec"
    assert judged["environment"] == {"name": "dev", **project.spec["environment"]}
    assert judged["spec"] is project.spec
    assert judged["lock"] is None
    objects = manifests_input(project, [{"kind": "Role"}])
    assert (objects["stage"], objects["project"], objects["manifests"]) == (
        "manifests", {"name": "fraud", "team": "risk", "tier": "standard"}, [{"kind": "Role"}])
    assert foreign_input([])["environment"]["mode"] == "production"


def test_values_of_a_secret_do_not_leave_the_process() -> None:
    secret = {"kind": "Secret", "data": {"a": "aHVudGVyMg=="}, "stringData": {"b": "hunter2"}}
    judged = foreign_input([secret])
    assert judged["manifests"] == [{"kind": "Secret", "data": {"a": "hidden"}, "stringData": {"b": "hidden"}}]
    assert secret["data"] == {"a": "aHVudGVyMg=="}
