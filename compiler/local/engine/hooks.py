"""What runs when a task, or the workflow, reaches a state or its end."""

from collections.abc import Mapping
from typing import Any

from compiler.local.engine.call import execute
from compiler.local.engine.expressions import evaluate
from compiler.local.engine.nodes import RETRY, Node
from compiler.local.engine.operation import Call, Operation
from compiler.local.engine.scope import Scope, given_artifacts, scope_of_outputs
from compiler.local.engine.tags import replaced

EXIT = "exit"


def run_hooks(op: Operation, hooks: Mapping[str, Any] | None, node: Node, *, scope: Scope, call: Call,
              prefix: str) -> bool:
    """Run the hooks of a task whose expression holds; return whether those that ran have ended."""
    ended = True
    for name, hook in (hooks or {}).items():
        if name == EXIT:
            continue
        hook_name = f"{node.name}.hooks.{name}"
        if op.find(hook_name) is None and not evaluate(hook["expression"], scope.values.get):
            continue
        ran = execute(op, hook_name, call._replace(
            reference=hook, arguments=_arguments(op, hook.get("arguments") or {}, node, scope, prefix), is_hook=True))
        op.link(node.name, hook_name)
        ended = ended and ran is not None and ran.is_fulfilled
    return ended


def run_exit(op: Operation, task: Mapping[str, Any], node: Node, *, scope: Scope, call: Call, prefix: str) -> bool:
    """Run what a task has for its end; return whether it has ended, or there is none."""
    hook = exit_hook(task)
    if hook is None:
        return True
    if hook.get("expression") and not evaluate(hook["expression"], scope.values.get):
        return True
    name = f"{node.name}.onExit"
    # What runs at an end is called with the arguments of the workflow unless it says otherwise.
    arguments = hook.get("arguments") or op.workflow.spec.get("arguments") or {}
    ran = execute(op, name, call._replace(
        reference=hook, arguments=_arguments(op, arguments, node, scope, prefix), is_hook=True, is_exit=True))
    op.link(node.name, name)
    return ran is not None and ran.is_fulfilled


def exit_hook(task: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what a task, or a workflow, runs at its end."""
    if task.get("onExit"):
        return {"template": task["onExit"]}
    hook: Mapping[str, Any] | None = (task.get("hooks") or {}).get(EXIT)
    return hook


def _arguments(op: Operation, arguments: Mapping[str, Any], node: Node, scope: Scope, prefix: str) -> dict[str, Any]:
    """Return the arguments of a hook, which may name the outputs of its task."""
    outputs = node.outputs
    if node.type == RETRY:
        attempts = [op.nodes[child] for child in node.children if not op.nodes[child].is_hook]
        outputs = attempts[-1].outputs if attempts else outputs
    known = scope.joined(scope_of_outputs(prefix, outputs))
    return {"parameters": replaced(arguments.get("parameters") or [], known.values),
            "artifacts": given_artifacts(arguments, known)}
