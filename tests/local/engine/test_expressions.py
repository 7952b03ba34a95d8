"""The three small languages: `when`, `depends`, and the conditions of retries."""

import pytest

from compiler.local.engine.conditions import depends_of, holds, is_met, names_in
from compiler.local.engine.expressions import ExpressionError, evaluate
from compiler.local.engine.nodes import Node


@pytest.mark.parametrize(("when", "expected"), [
    pytest.param("", True, id="nothing"),
    pytest.param("pass == pass", True, id="bare words"),
    pytest.param("stop == pass", False, id="different words"),
    pytest.param("'a b' != \"a c\"", True, id="quoted"),
    pytest.param("10 > 9", True, id="numbers by value"),
    pytest.param("'10' > '9'", False, id="texts by letters"),
    pytest.param("!(1 == 1) || a == a && 2 <= 2", True, id="order of operators"),
    pytest.param("true", True, id="a truth"),
])
def test_when(when, expected):
    assert holds(when) is expected


@pytest.mark.parametrize("when", ["two words == x", "{{tasks.a.outputs.result}} == x", "a - b == c", "1", "1 < a",
                                  "(a == a", "a ==", "a == a && b", "=="])
def test_when_that_is_none(when):
    with pytest.raises(ExpressionError):
        holds(when)


TASKS = {"a": {"name": "a"}, "b-1": {"name": "b-1", "continueOn": {"failed": True}}}


def test_depends_is_spelled_out():
    assert depends_of({"depends": "a && !b-1.Failed"}, TASKS) == (
        "(a.Succeeded || a.Skipped || a.Daemoned) && !b-1.Failed")
    assert depends_of({"dependencies": ["b-1"]}, TASKS) == (
        "(b-1.Succeeded || b-1.Skipped || b-1.Daemoned || b-1.Failed)")
    assert names_in("a.Succeeded && (b-1.Failed || a.Skipped)") == ("a", "b-1")


@pytest.mark.parametrize(("phases", "expected"), [
    pytest.param({"a": "Succeeded", "b-1": "Failed"}, True, id="as asked"),
    pytest.param({"a": "Succeeded", "b-1": "Succeeded"}, False, id="other end"),
    pytest.param({"a": "Omitted", "b-1": "Failed"}, False, id="omitted"),
])
def test_depends_is_met(phases, expected):
    nodes = {name: Node(name, name, name, "Pod", phase) for name, phase in phases.items()}
    assert is_met("a.Succeeded && b-1.Failed", nodes, dict.fromkeys(nodes, ())) is expected


def test_retry_expression():
    values = {"lastRetry.exitCode": "4", "lastRetry.status": "Failed"}
    assert evaluate('lastRetry.exitCode != "1" && asInt(lastRetry.exitCode) > 3', values.get)
    assert not evaluate('lastRetry.status == "Error"', values.get)
