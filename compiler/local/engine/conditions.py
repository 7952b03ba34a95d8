"""The conditions of a task: `when`, and the algebra of `depends`."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from compiler.local.engine.expressions import ExpressionError, evaluate
from compiler.local.engine.nodes import ERROR, FAILED, OMITTED, SKIPPED, SUCCEEDED, TASK_GROUP, Node

RESULTS = ("Succeeded", "Failed", "Errored", "Skipped", "Omitted", "Daemoned", "AnySucceeded", "AllFailed")
_NAMES = re.compile(r"([a-zA-Z0-9][-a-zA-Z0-9]*?\.[A-Z][a-zA-Z]+)|([a-zA-Z0-9][-a-zA-Z0-9]*)")
_PHASES = {"Succeeded": SUCCEEDED, "Failed": FAILED, "Errored": ERROR, "Skipped": SKIPPED, "Omitted": OMITTED}


def holds(when: str) -> bool:
    """Return whether a task with this `when`, its tags replaced, is to run; a bare word is a text."""
    if not when:
        return True
    try:
        return evaluate(when, lambda word: word)
    except ExpressionError as failure:
        raise ExpressionError(f"invalid `when`: {failure}") from None


def continues_on(task: Mapping[str, Any], phase: str) -> bool:
    """Tell whether the flow goes on although the task ended in this phase."""
    allowed = task.get("continueOn") or {}
    return bool(allowed.get({ERROR: "error", FAILED: "failed"}.get(phase, "")))


def depends_of(task: Mapping[str, Any], tasks: Mapping[str, Mapping[str, Any]]) -> str:
    """Return what a task waits for as one expression in which every name has its result."""
    text: str = task.get("depends") or ""
    if not text:
        return " && ".join(_by_default(name, tasks) for name in task.get("dependencies") or ())
    return _NAMES.sub(lambda found: found[1] or _by_default(found[2], tasks), text)


def names_in(depends: str) -> tuple[str, ...]:
    """Return the tasks that an expression of `depends_of` speaks of, in order, once each."""
    return tuple(dict.fromkeys((found[0] or found[1]).split(".")[0] for found in _NAMES.findall(depends)))


def is_met(depends: str, nodes: Mapping[str, Node], children: Mapping[str, Iterable[Node]]) -> bool:
    """Return whether the expression holds for tasks that are all fulfilled."""
    def result(name: str) -> bool:
        task, _, word = name.rpartition(".")
        return _has(word, nodes[task], tuple(children[task]))

    # A name of Argo's may hold a hyphen, one of an expression may not.
    aliases = {f"t{index}": name for index, name in enumerate(nodes)}
    shown = {name: alias for alias, name in aliases.items()}
    plain = _NAMES.sub(lambda found: ".".join((shown[found[0].split(".")[0]], found[0].split(".")[1])), depends)
    return evaluate(plain, lambda name: result(f"{aliases[name.split('.')[0]]}.{name.split('.')[1]}"))


def _by_default(name: str, tasks: Mapping[str, Mapping[str, Any]]) -> str:
    allowed = tasks[name].get("continueOn") or {}
    words = ["Succeeded", "Skipped", "Daemoned", *(["Errored"] if allowed.get("error") else []),
             *(["Failed"] if allowed.get("failed") else [])]
    return "(" + " || ".join(f"{name}.{word}" for word in words) + ")"


def _has(word: str, node: Node, children: tuple[Node, ...]) -> bool:
    if word in _PHASES:
        return node.phase == _PHASES[word]
    is_group = node.type == TASK_GROUP
    if word == "AnySucceeded":
        return is_group and any(child.phase == SUCCEEDED for child in children)
    if word == "AllFailed":
        return is_group and bool(children) and all(child.phase == FAILED for child in children)
    return False
