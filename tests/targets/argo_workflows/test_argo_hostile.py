"""Argo Workflows: text of the user's is data, wherever it comes from."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.ir.plan import ReleasePlan
from tests.targets.argo_workflows.argo_rendering import manifests, refusals, with_step
from tests.targets.plans import GPU, GPU_NODE, full, pipeline

HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.sampled_from([
        "{{workflow.name}}", "{{=sprig.env('HOME')}}", "{{inputs.parameters.item}}", "$(PATH)", "${PATH}", "`id`",
        "'; rm -rf /; '", "---\nkind: Pod", "\u2028", "yes", "0x1F", "!!python/object", "\x00", "%s", "]]>", "\r\n"]))
NUMBERS = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
VALUES = st.recursive(st.one_of(HOSTILE, NUMBERS, st.booleans()),
                      lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(HOSTILE, inner, max_size=3)),
                      max_leaves=6)
SETTINGS = st.dictionaries(HOSTILE, VALUES, max_size=4)


def plan_with(own: dict[str, Any]) -> ReleasePlan:
    steps = tuple(each._replace(settings=own) for each in pipeline().steps)
    at_exit = pipeline().at_exit
    assert at_exit is not None
    batch = full().batch
    assert batch is not None
    return full()._replace(
        pipeline=pipeline()._replace(steps=steps, at_exit=at_exit._replace(settings=own)),
        batch=batch._replace(step=batch.step._replace(settings=own)))


def outside_the_plan_file(plan: ReleasePlan) -> list[Any]:
    bodies = copy.deepcopy([dict(each.body) for each in manifests(plan)])
    for body in bodies:
        if body["kind"] == "ConfigMap":
            body["data"] = sorted(body["data"])
        if body["kind"] == "WorkflowTemplate":
            [parameter] = body["spec"]["arguments"]["parameters"]
            assert len(parameter.pop("value")) == 64
    return bodies


@settings(max_examples=60, deadline=None)
@given(own=SETTINGS)
def test_settings_change_nothing_but_the_plan_file_and_its_digest(own: dict[str, Any]) -> None:
    assert outside_the_plan_file(plan_with(own)) == outside_the_plan_file(plan_with({}))


@settings(max_examples=60, deadline=None)
@given(own=SETTINGS)
def test_the_plan_file_is_ascii_and_says_what_was_written(own: dict[str, Any]) -> None:
    text = next(each.body["data"]["plan.json"] for each in manifests(plan_with(own)))
    assert text.isascii()
    assert json.loads(text)["steps"]["train"] == own


@pytest.mark.parametrize(("plan", "path"), [
    pytest.param(with_step("train", image="ghcr.io/{{workflow.name}}"), ("training", "image"), id="an image"),
    pytest.param(with_step("train", resources=GPU_NODE._replace(accelerator=GPU._replace(
        node_labels={"gpu": "{{=sprig.env('X')}}"}))), GPU.origin, id="a node label"),
    pytest.param(with_step("train", resources=GPU_NODE._replace(accelerator=GPU._replace(
        node_labels={"{{item}}": "a"}))), GPU.origin, id="the key of a node label"),
    pytest.param(with_step("train", resources=GPU_NODE._replace(accelerator=GPU._replace(
        resource="{{item}}"))), ("training", "hardware", "accelerator"), id="an accelerator"),
    pytest.param(with_step("train", spot_key="{{item}}"), ("training", "hardware"), id="a taint")])
def test_a_tag_of_the_users_is_refused_before_argo_evaluates_it(plan: ReleasePlan, path: tuple[str, ...]) -> None:
    found = refusals(plan)
    assert found
    assert {each.code for each in found} == {"targets/unsupported"}
    assert path in {each.path for each in found}
    assert not any("sprig" in each.message or "item" in each.message for each in found)
