"""Tags are replaced once; what they stand for is text."""

import pytest

from compiler.local.engine.fan_out import tasks_of
from compiler.local.engine.tags import UnresolvedError, only_tag, replaced, resolved


def test_a_value_that_reads_like_a_tag_stays():
    assert replaced(["{{a}} {{b}}"], {"a": "{{b}}", "b": "2"}) == ["{{b}} 2"]


def test_an_unknown_tag_stays_or_is_refused():
    assert replaced({"x": "{{c}}"}, {}) == {"x": "{{c}}"}
    with pytest.raises(UnresolvedError, match=r"\{\{c\}\}"):
        resolved({"x": "{{c}}"}, {})
    assert resolved({"from": "{{c}}"}, {}) == {"from": "{{c}}"}


def test_only_tag():
    assert only_tag("{{ tasks.a.outputs.artifacts.x }}") == "tasks.a.outputs.artifacts.x"


@pytest.mark.parametrize(("task", "names"), [
    pytest.param({"name": "a", "withItems": ["x", 1, True]}, ["a(0:x)", "a(1:1)", "a(2:true)"], id="items"),
    pytest.param({"name": "a", "withItems": [{"k": "(v)", "j": 1}]}, ["a(0:j:1,k:v)"], id="maps"),
    pytest.param({"name": "a", "withSequence": {"count": 2, "start": 5}}, ["a(0:5)", "a(1:6)"], id="sequence"),
    pytest.param({"name": "a", "withSequence": {"start": 2, "end": 1}}, ["a(0:2)", "a(1:1)"], id="backwards"),
    pytest.param({"name": "a", "withParam": "{{list}}"}, ["a(0:p)", "a(1:q)"], id="parameter"),
])
def test_names_of_items(task, names):
    assert [one["name"] for one in tasks_of(task, {"list": '["p", "q"]'})] == names
