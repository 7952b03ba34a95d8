"""How many may run at once, and what a failed child means for its siblings."""

from compiler.local.engine.nodes import DAG, FAILED, POD, STEP_GROUP, STEPS, Node
from compiler.local.engine.operation import LimitReachedError, Operation
from compiler.local.workflow import Template

_CHILDREN = (POD, STEPS, DAG)
_FAIL_FAST = "template has failed or errored children and failFast enabled"


def check_limits(op: Operation, template: Template, node: Node | None, boundary: str) -> None:
    """Raise LimitReachedError where the template must not be executed now."""
    limit = op.workflow.spec.get("parallelism")
    if limit is not None and op.count(lambda one: one.is_active_pod and one.id in op.pods) >= int(limit):
        raise LimitReachedError
    if node is not None and ("dag" in template or "steps" in template):
        _check_fail_fast(op, template, node)
        if _limit(template) and _active_pods(op, node.id) >= _limit(template):
            raise LimitReachedError
    if boundary and (node is None or node.phase not in ("Pending", "Running")):
        above = op.template_of(boundary)
        _check_fail_fast(op, above, op.nodes[boundary])
        if _limit(above) and _active_children(op, boundary) >= _limit(above):
            raise LimitReachedError


def _limit(template: Template) -> int:
    return int(template.get("parallelism") or 0)


def _check_fail_fast(op: Operation, template: Template, node: Node) -> None:
    if not template.get("failFast") or not _unsuccessful(op, node.id):
        return
    if not _active_pods(op, node.id):
        group = _last_group(op, node) if "steps" in template else None
        if group is not None:
            op.mark(group.name, FAILED, _FAIL_FAST)
        op.mark(node.name, FAILED, _FAIL_FAST)
    raise LimitReachedError


def _active_pods(op: Operation, boundary: str) -> int:
    return op.count(lambda one: one.is_active_pod and one.boundary == boundary and one.id in op.pods)


def _active_children(op: Operation, boundary: str) -> int:
    return op.count(lambda one: one.boundary == boundary and one.type in _CHILDREN
                    and one.phase in ("Pending", "Running"))


def _unsuccessful(op: Operation, boundary: str) -> int:
    return op.count(lambda one: one.boundary == boundary and one.type in _CHILDREN and one.is_unsuccessful)


def _last_group(op: Operation, node: Node) -> Node | None:
    found = node if node.type == STEP_GROUP else None
    for child in node.children:
        if child in op.nodes:
            found = _last_group(op, op.nodes[child]) or found
    return found
