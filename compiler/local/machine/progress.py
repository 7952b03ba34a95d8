"""What a person sees of a run: a tree that changes on a terminal, a line for each change elsewhere."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping

from compiler.local.engine.engine import Engine
from compiler.local.engine.nodes import (
    ERROR,
    FAILED,
    OMITTED,
    PENDING,
    RETRY,
    RUNNING,
    SKIPPED,
    STEP_GROUP,
    SUCCEEDED,
    Node,
)
from compiler.local.workflow import OWN

_SIGNS = {SUCCEEDED: "✔", FAILED: "✖", ERROR: "✖", RUNNING: "●", PENDING: "○", SKIPPED: "–", OMITTED: "–"}
_COLOURS = {SUCCEEDED: "32", FAILED: "31", ERROR: "31", RUNNING: "36"}


class Lines:
    """One line for each node that changes its phase."""

    def __init__(self, say: Callable[[str], None]) -> None:
        """Say lines."""
        self._say = say
        self._said: dict[str, str] = {}

    def __call__(self, engine: Engine, is_last: bool) -> None:
        """Say what has changed."""
        for depth, node in rows(engine.nodes):
            if self._said.get(node.id) == node.phase or node.phase == PENDING:
                continue
            self._said[node.id] = node.phase
            self._say(f"{_label(depth, node):<34} {node.phase:<10}{_suffix(node)}\n")


class Tree:
    """The whole tree, drawn over itself."""

    def __init__(self, say: Callable[[str], None], *, has_colour: bool) -> None:
        """Draw with say."""
        self._say, self._has_colour = say, has_colour
        self._height = 0

    def __call__(self, engine: Engine, is_last: bool) -> None:
        """Draw the tree as it is now."""
        lines = [*(self._line(depth, node) for depth, node in rows(engine.nodes)), *self._ahead(engine)]
        up = f"\x1b[{self._height}F\x1b[J" if self._height else ""
        self._say(up + "".join(f"{line}\n" for line in lines))
        self._height = len(lines)

    def _line(self, depth: int, node: Node) -> str:
        label = f"{_SIGNS[node.phase]} {_label(depth, node)}"
        colour = _COLOURS.get(node.phase)
        shown = f"{label:<36}"
        if self._has_colour and colour:
            shown = f"\x1b[{colour}m{shown}\x1b[0m"
        return f"{shown}{_suffix(node)}"

    def _ahead(self, engine: Engine) -> Iterator[str]:
        """Yield the tasks of the entry dag that have no node yet."""
        if engine.is_over:
            return
        entry = engine.workflow.find({"template": engine.workflow.spec["entrypoint"]}, OWN)[0]
        known = {node.display_name for node in engine.nodes.values()}
        for task in (entry.get("dag") or {}).get("tasks", ()):
            if task["name"] not in known:
                yield f"· {task['name']}"


def rows(nodes: Mapping[str, Node]) -> Iterator[tuple[int, Node]]:
    """Yield the nodes that say something, each below the one that it is part of, with its depth."""
    roots = [node for node in nodes.values() if not node.boundary]
    for root in sorted(roots, key=lambda node: node.started):
        has_parts = any(node.boundary == root.id for node in nodes.values())
        if not has_parts and not root.is_attempt:
            yield 0, _telling(root, nodes)
        yield from _parts(root, nodes, 0)


def _parts(root: Node, nodes: Mapping[str, Node], depth: int) -> Iterator[tuple[int, Node]]:
    parts = [node for node in nodes.values() if node.boundary == root.id and node.type != STEP_GROUP]
    for node in sorted(parts, key=lambda one: (one.started, one.name)):
        if node.is_attempt and not _is_telling(node, nodes.values()):
            continue
        yield depth + int(node.is_attempt), _telling(node, nodes)
        yield from _parts(node, nodes, depth + 1)


def _telling(node: Node, nodes: Mapping[str, Node]) -> Node:
    """Return a node with the message of its only attempt: why there was no further one is not why it failed."""
    attempts = [nodes[child] for child in node.children if nodes[child].is_attempt] if node.type == RETRY else []
    return node._replace(message=attempts[0].message) if len(attempts) == 1 and node.is_unsuccessful else node


def _is_telling(attempt: Node, nodes: Iterable[Node]) -> bool:
    """Tell whether an attempt is one of several: a first one that succeeds says nothing more than its parent."""
    parents = [node for node in nodes if node.type == RETRY and attempt.id in node.children]
    return any(len(parent.children) > 1 for parent in parents)


def _label(depth: int, node: Node) -> str:
    # What runs at the end is called after the whole workflow.
    name = node.display_name if node.boundary else node.display_name.rpartition(".")[2]
    return "  " * depth + name


def _suffix(node: Node) -> str:
    if node.phase in (SKIPPED, OMITTED, PENDING):
        return ""
    seconds = (node.finished or time.time()) - node.started
    message = f"  {node.message}" if node.message and node.phase in (FAILED, ERROR, RUNNING) else ""
    return (f"{seconds:8.1f} s" if node.phase != RUNNING or seconds >= 1 else "") + message[:200]
