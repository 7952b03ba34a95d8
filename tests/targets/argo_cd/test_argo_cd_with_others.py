"""Argo CD and the other targets: it may apply all that they write, and ignores nothing that they say."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from compiler.artifact.artifact import Manifest
from compiler.ir.plan import ReleasePlan
from compiler.passes.render import render
from compiler.registry import discover
from compiler.targets.delivery.argo_cd.app_project import CLUSTER_KINDS, NAMESPACED_KINDS
from compiler.targets.delivery.argo_cd.differences import differences
from compiler.verify.schemas import known_kinds
from tests.targets.plans import direct, full, minimal, service

REGISTRY = discover()


def served(**settings: Any) -> ReleasePlan:
    scaling = service().scaling._replace(metric="cpu", value=70.0)
    return full()._replace(service=service()._replace(rollout=direct(), settings=settings, scaling=scaling))


PLANS = [pytest.param(minimal(), id="the smallest"), pytest.param(served(), id="everything"),
         pytest.param(served(deployment_mode="standard"), id="everything, without Knative")]


def applied(plan: ReleasePlan) -> Iterator[Manifest]:
    """Yield what the Application of the plan applies."""
    for item in render(plan, REGISTRY.find):
        if isinstance(item, Manifest) and item.concern != "delivery":
            yield item


def group_kind(manifest: Manifest) -> tuple[str, str]:
    return manifest.identity[0].rpartition("/")[0], manifest.identity[1]


@pytest.mark.parametrize("plan", PLANS)
def test_every_kind_that_a_target_writes_is_admitted(plan: ReleasePlan) -> None:
    assert {group_kind(each) for each in applied(plan)} <= {*NAMESPACED_KINDS, *CLUSTER_KINDS}


@pytest.mark.parametrize("plan", PLANS)
def test_every_object_is_in_the_namespace_that_is_admitted(plan: ReleasePlan) -> None:
    inside = {each.identity[2] for each in applied(plan) if group_kind(each) in NAMESPACED_KINDS}
    assert inside == {plan.environment.namespace}


def test_no_kind_is_admitted_that_nothing_checks() -> None:
    known = {(version.rpartition("/")[0], kind) for version, kind in known_kinds()}
    assert {*NAMESPACED_KINDS, *CLUSTER_KINDS} <= known


@pytest.mark.parametrize("plan", PLANS)
def test_no_field_that_a_target_writes_is_ignored(plan: ReleasePlan) -> None:
    for each in applied(plan):
        for rule in differences():
            if (rule["group"], rule["kind"]) == group_kind(each):
                for expression in rule.get("jqPathExpressions", ()):
                    assert list(selected(each.body, expression)) == []


@pytest.mark.parametrize("plan", PLANS)
def test_every_rule_is_about_fields_or_about_who_wrote_them(plan: ReleasePlan) -> None:
    for rule in differences():
        assert rule.get("jqPathExpressions") or rule.get("managedFieldsManagers")


def selected(body: Any, expression: str) -> Iterator[Any]:
    """Yield what a path of the few forms that we write selects: `.a.b`, `.a[]?.b`."""
    found = [body]
    for word, is_list in re.findall(r"\.([A-Za-z]+)(\[\]\?)?", expression):
        found = [each[word] for each in found if isinstance(each, dict) and word in each]
        if is_list:
            found = [inner for each in found for inner in each]
    yield from found
