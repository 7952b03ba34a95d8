"""Which of the rendered objects is the workflow to run, and where an earlier run may be taken up again."""

from collections.abc import Iterable, Mapping
from typing import Any

from compiler.local.engine.conditions import depends_of, names_in
from compiler.local.engine.nodes import RUNNING, Node, node_id
from compiler.local.workflow import OWN, MissingError, Workflow

COMPONENT = "app.kubernetes.io/component"
KINDS = frozenset({"Workflow", "WorkflowTemplate", "CronWorkflow", "ConfigMap", "ExternalSecret"})
"""What a run reads of everything that is rendered."""


def choose(objects: Iterable[Mapping[str, Any]], wanted: str) -> str:
    """Return the name of the one workflow that is called wanted, or is of that component."""
    found: dict[str, str] = {
        one["metadata"]["name"]: one["metadata"].get("labels", {}).get(COMPONENT, "") for one in objects
        if one.get("kind") in ("Workflow", "WorkflowTemplate")}
    if wanted in found:
        return wanted
    names = sorted(name for name, component in found.items() if component == wanted)
    if len(names) != 1:
        offered = ", ".join(f"{name} ({component})" if component else name for name, component in sorted(found.items()))
        raise MissingError(f"there is no workflow `{wanted}` here, expected one of {offered or 'none'}")
    return names[0]


def nodes_before(nodes: Mapping[str, Node], step: str, *, old: Workflow, new: Workflow) -> dict[str, Node]:
    """Return what an earlier run had done that neither is step nor comes after it, as nodes of the new run."""
    tasks = {task["name"]: task for task in _entry(new)}
    if step not in tasks:
        raise MissingError(f"there is no step `{step}`, expected one of {', '.join(tasks) or 'none'}")
    behind = _behind(step, tasks)
    root = nodes.get(old.name)
    if root is None:
        return {}
    tops = [node for node in nodes.values() if node.boundary == root.id and not node.is_hook and not node.is_attempt]
    missing = sorted(_ahead(step, tasks) - {node.display_name for node in tops if node.is_fulfilled})
    if missing:
        raise MissingError(f"`{missing[0]}` has not ended in {old.name}, and `{step}` needs it; run from there")
    gone = {old.name + f".{name}" for name in behind}
    kept = {key: node for key, node in nodes.items() if node.id == root.id or (
        node.name.startswith(f"{old.name}.") and not _is_below(node.name, gone) and node.is_fulfilled
        and not _is_below(node.name, {f"{old.name}.onExit"}))}
    renamed = {key: _renamed(node, old.name, new.name) for key, node in kept.items()}
    ids = {key: node.id for key, node in renamed.items()}
    moved = {node.id: node._replace(boundary=ids.get(node.boundary, ""),
                                    children=tuple(ids[child] for child in node.children if child in ids),
                                    outbound=tuple(ids[end] for end in node.outbound if end in ids))
             for node in renamed.values()}
    top = moved[new.name]
    return {**moved, new.name: top._replace(phase=RUNNING, message="", finished=0.0, outbound=(), outputs={})}


def _entry(workflow: Workflow) -> list[Mapping[str, Any]]:
    template = workflow.find({"template": workflow.spec["entrypoint"]}, OWN)[0]
    tasks: list[Mapping[str, Any]] = (template.get("dag") or {}).get("tasks", [])
    return tasks


def _behind(step: str, tasks: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Return a step and all that waits for it."""
    before = {name: names_in(depends_of(task, tasks)) for name, task in tasks.items()}
    found = {step}
    while more := {name for name in tasks if name not in found and found & set(before[name])}:
        found |= more
    return found


def _ahead(step: str, tasks: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Return all that a step waits for."""
    found: set[str] = set()
    waiting = list(names_in(depends_of(tasks[step], tasks)))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += names_in(depends_of(tasks[name], tasks))
    return found


def _is_below(name: str, tops: set[str]) -> bool:
    return any(name == top or name.startswith((f"{top}.", f"{top}(", f"{top}[")) for top in tops)


def _renamed(node: Node, old: str, new: str) -> Node:
    name = new + node.name.removeprefix(old)
    shown = name if node.display_name == node.name else node.display_name
    return node._replace(name=name, id=node_id(new, name), display_name=shown)
