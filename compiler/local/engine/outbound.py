"""Which nodes the next ones hang from: the ends of what a node did."""

from compiler.local.engine.nodes import DAG, POD, RETRY, SKIP, STEPS, SUSPEND, TASK_GROUP
from compiler.local.engine.operation import Operation


def ends_of(op: Operation, identity: str) -> list[str]:
    """Return the last nodes below a node; the node itself where nothing is."""
    node = op.nodes[identity]
    if node.type in (SKIP, SUSPEND, POD) or (node.type in (STEPS, DAG) and node.is_cached):
        return [identity]
    if node.type == TASK_GROUP:
        return [end for child in node.children for end in ends_of(op, child)] or [identity]
    if node.type == RETRY and node.children:
        return [node.children[-1]]
    return [end for child in node.outbound for end in ends_of(op, child)]
