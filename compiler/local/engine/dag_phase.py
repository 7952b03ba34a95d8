"""What has become of a dag, by the nodes that hang below it."""

from collections.abc import Mapping
from typing import Any

from compiler.local.engine.conditions import continues_on
from compiler.local.engine.nodes import ERROR, FAILED, RETRY, RUNNING, SUCCEEDED, Node
from compiler.local.engine.operation import Operation


def phase_of(op: Operation, *, boundary: str, targets: Mapping[str, Mapping[str, Any]], fails_fast: bool) -> str:
    """Return the phase of the dag with this node; `targets` are the tasks that decide it, by the id of their node.

    A task that was omitted counts as what came before it.
    """
    phases = dict.fromkeys(targets, "")
    queue = [(child, SUCCEEDED) for child in op.nodes[boundary].children]
    seen = set(queue)
    while queue:
        identity, branch = queue.pop(0)
        node = op.nodes.get(identity)
        if node is None or not node.is_fulfilled:
            return RUNNING
        if node.is_completed:
            branch = node.phase
        if identity in phases and phases[identity] not in (FAILED, ERROR):
            phases[identity] = branch
        below = _below_retry(op, node) if node.type == RETRY else list(node.children)
        fresh = [(child, branch) for child in below if (child, branch) not in seen]
        seen |= set(fresh)
        queue += fresh
    return _settled(phases, targets, fails_fast)


def _below_retry(op: Operation, node: Node) -> list[str]:
    """Return what follows a Retry node: its attempts say nothing more than itself."""
    found: list[str] = []
    for child in reversed([op.nodes[one] for one in node.children]):
        found += [child.id] if child.is_hook else list(child.children)
    return found


def _settled(phases: Mapping[str, str], targets: Mapping[str, Mapping[str, Any]], fails_fast: bool) -> str:
    result = SUCCEEDED
    for identity, task in targets.items():
        branch = phases[identity]
        if branch == "":
            result = RUNNING
            if not fails_fast:
                break
        elif branch in (FAILED, ERROR) and not continues_on(task, branch):
            result = branch
            if fails_fast:
                break
    return result
