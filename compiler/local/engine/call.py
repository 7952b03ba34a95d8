"""Execute a template: the one way from a task to its node, whatever the template is."""

from collections.abc import Mapping
from typing import Any

from compiler.local.engine.expressions import ExpressionError
from compiler.local.engine.limits import check_limits
from compiler.local.engine.nodes import (
    DAG,
    ERROR,
    FAILED,
    PENDING,
    POD,
    RETRY,
    RUNNING,
    SKIP,
    STEPS,
    SUCCEEDED,
    SUSPEND,
    Node,
    node_id,
)
from compiler.local.engine.operation import Call, Operation, Pod
from compiler.local.engine.retries import attempts_of, duration_seconds, is_due, last_attempt_values, policy_of
from compiler.local.engine.scope import Inputs, Scope, ScopeError, inputs_of, scope_of_inputs
from compiler.local.engine.tags import UnresolvedError, replaced
from compiler.local.workflow import MissingError, Template
from compiler.records import NamedTuple

FAULTS = (ScopeError, MissingError, ExpressionError, UnresolvedError)
"""What is wrong with the workflow itself; it becomes an Error of a node."""


class FaultError(Exception):
    """A template could not be executed; its node says why."""


class TimedOutError(Exception):
    """A pod waited for longer than its template's timeout; its node has failed."""


class Frame(NamedTuple):
    """One call of one template: where its names are looked up, what its tags stand for."""

    template: Template
    source: str
    inputs: Inputs
    scope: Scope
    call: Call


def execute(op: Operation, name: str, call: Call) -> Node | None:
    """Bring a call as far as it goes now; return its node, or None where it must wait to have one."""
    node = op.find(name)
    try:
        frame = _frame(op, name, call)
    except FAULTS as fault:
        _error(op, name, call, str(fault))
        raise FaultError(str(fault)) from fault
    if node is not None and node.is_fulfilled:
        return node
    _check_timeout(op, frame, node)
    check_limits(op, frame.template, node, call.boundary)
    if node is None and "memoize" in frame.template:
        node = _remembered(op, name, frame)
        if node is not None:
            return node
    if "retryStrategy" in frame.template:
        return _retried(op, name, frame)
    return _run(op, name, frame, is_attempt=False)


def _frame(op: Operation, name: str, call: Call) -> Frame:
    template, source = op.workflow.find(call.reference, call.source)
    known = {**op.globals, "node.name": name}
    if "name" in call.reference:
        known |= {"tasks.name": call.reference["name"], "steps.name": call.reference["name"]}
    inputs = inputs_of(template, call.arguments, known)
    return Frame(template, source, inputs, Scope(known).joined(scope_of_inputs(inputs)), call)


def _error(op: Operation, name: str, call: Call, message: str) -> Node:
    if op.find(name) is not None:
        return op.mark(name, ERROR, message)
    return op.add(name, SKIP, ERROR, call=call, message=message)


def _check_timeout(op: Operation, frame: Frame, node: Node | None) -> None:
    limit = replaced(frame.template.get("timeout"), frame.scope.values)
    if limit and node is not None and node.phase == PENDING and op.now > node.started + duration_seconds(limit):
        op.mark(node.name, FAILED, "timeout")
        raise TimedOutError


def _remembered(op: Operation, name: str, frame: Frame) -> Node | None:
    key = replaced(frame.template["memoize"]["key"], frame.scope.values)
    outputs = op.cache.load(frame.template, key, frame.inputs) if op.cache else None
    if outputs is None:
        return None
    node = op.add(name, _type_of(frame.template), SUCCEEDED, call=frame.call, inputs=_shown(frame.inputs))
    return op.update(node, outputs=outputs, is_cached=True)


def remember(op: Operation, pod: Pod, outputs: Mapping[str, Any]) -> None:
    """Keep what a memoized pod put out."""
    memoize = pod.template.get("memoize")
    if memoize and op.cache:
        op.cache.save(pod.template, replaced(memoize["key"], pod.scope.values), pod.inputs, outputs)


def _retried(op: Operation, name: str, frame: Frame) -> Node | None:
    """Execute a template with a retry strategy: its node stands for its attempts."""
    strategy = replaced(frame.template["retryStrategy"] or {}, frame.scope.values)
    parent = op.find(name) or op.add(name, RETRY, RUNNING, call=frame.call, inputs=_shown(frame.inputs))
    try:
        if not is_due(op, parent, strategy):
            return op.get(name)
    except FAULTS as fault:
        op.mark(name, ERROR, str(fault))
        raise FaultError(str(fault)) from fault
    parent = op.get(name)
    attempts = attempts_of(op, parent)
    if parent.is_fulfilled and op.are_fulfilled([parent.id]):
        return op.update(parent, outputs=attempts[-1].outputs) if attempts else parent
    if attempts and not attempts[-1].is_fulfilled:
        attempt_name, number = attempts[-1].name, len(attempts) - 1
    else:
        attempt_name, number = f"{name}({len(attempts)})", len(attempts)
        op.update(parent, children=(*parent.children, node_id(op.workflow.name, attempt_name)))
    values = last_attempt_values(attempts) | {"retries": str(number), "node.name": attempt_name}
    scope = frame.scope.joined(Scope(values))
    try:
        attempt = _run(op, attempt_name, frame._replace(scope=scope), is_attempt=True)
    except FaultError:
        if policy_of(strategy) not in ("Always", "OnError"):
            raise
        attempt = op.get(attempt_name)
    if not op.get(name).is_fulfilled and attempt is not None and attempt.is_fulfilled:
        return execute(op, name, frame.call)
    return op.get(name)


def _run(op: Operation, name: str, frame: Frame, *, is_attempt: bool) -> Node | None:
    # The flows call back into this module: a template may hold any other one.
    from compiler.local.engine.dag import execute_dag
    from compiler.local.engine.steps import execute_steps

    if op.find(name) is None:
        phase = PENDING if _is_leaf(frame.template) else RUNNING
        op.add(name, _leaf_type(frame.template), phase, call=frame.call, inputs=_shown(frame.inputs),
               is_attempt=is_attempt)
    try:
        if "dag" in frame.template:
            execute_dag(op, name, frame)
        elif "steps" in frame.template:
            execute_steps(op, name, frame)
        elif "suspend" in frame.template:
            _suspend(op, name, frame)
        else:
            _start(op, name, frame)
    except (FaultError, *FAULTS) as fault:
        op.mark(name, ERROR, str(fault))
        raise FaultError(str(fault)) from fault
    return op.get(name)


def _is_leaf(template: Template) -> bool:
    return not ("dag" in template or "steps" in template)


def _leaf_type(template: Template) -> str:
    return DAG if "dag" in template else STEPS if "steps" in template else SUSPEND if "suspend" in template else POD


def _type_of(template: Template) -> str:
    return RETRY if "retryStrategy" in template else _leaf_type(template)


def _suspend(op: Operation, name: str, frame: Frame) -> None:
    node = op.get(name)
    duration = replaced((frame.template["suspend"] or {}).get("duration"), frame.scope.values)
    # Without a duration a person goes on; here nobody is asked, and starting such a workflow takes a flag that says so.
    due = node.started + (duration_seconds(duration) if duration else 0.0)
    if op.now >= due:
        op.mark(name, SUCCEEDED)
        return
    op.wake_at(due)
    op.mark(name, RUNNING)


def _start(op: Operation, name: str, frame: Frame) -> None:
    """Have the pod of a node started; its deadline is the nearest of those that apply."""
    node = op.get(name)
    if node.is_fulfilled:
        return
    if op.is_late and not frame.call.is_exit:
        op.wake_at(op.now)
        return
    limits = []
    own = replaced(frame.template.get("activeDeadlineSeconds"), frame.scope.values)
    if own is not None:
        limits.append(float(own))
    if op.deadline is not None and not frame.call.is_exit:
        limits.append(op.deadline - op.now)
    timeout = replaced(frame.template.get("timeout"), frame.scope.values)
    if timeout:
        limits.append(node.started + duration_seconds(timeout) - op.now)
    op.start(Pod(node, frame.template, frame.scope, frame.inputs, min(limits) if limits else None,
                 frame.call.is_exit, _is_result_wanted(op, node)))


def _is_result_wanted(op: Operation, node: Node) -> bool:
    """Tell whether another task reads what this one prints."""
    if not node.boundary:
        return False
    name = node.display_name.partition("(")[0]
    return f".{name}.outputs.result" in str(op.template_of(node.boundary))


def _shown(inputs: Inputs) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if inputs.parameters:
        shown["parameters"] = [{"name": name, "value": value} for name, value in inputs.parameters.items()]
    if inputs.artifacts:
        shown["artifacts"] = list(inputs.artifacts.values())
    return shown
