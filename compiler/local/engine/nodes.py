"""Nodes: what has become of each task, in the words of Argo's `status.nodes`."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from compiler.records import NamedTuple

PENDING, RUNNING, SUCCEEDED = "Pending", "Running", "Succeeded"
SKIPPED, FAILED, ERROR, OMITTED = "Skipped", "Failed", "Error", "Omitted"
POD, RETRY, DAG, STEPS, STEP_GROUP = "Pod", "Retry", "DAG", "Steps", "StepGroup"
TASK_GROUP, SKIP, SUSPEND = "TaskGroup", "Skipped", "Suspend"

_COMPLETED = frozenset({SUCCEEDED, FAILED, ERROR})
_FULFILLED = _COMPLETED | {SKIPPED, OMITTED}
_OPTIONAL = {"message": "message", "boundaryID": "boundary", "templateName": "template", "templateScope": "source",
             "inputs": "inputs", "outputs": "outputs"}


class Node(NamedTuple):
    """One node. `source` says where its template was found; `is_attempt` marks a child of a Retry node."""

    id: str
    name: str
    display_name: str
    type: str
    phase: str
    boundary: str = ""
    template: str = ""
    source: str = ""
    message: str = ""
    children: tuple[str, ...] = ()
    outbound: tuple[str, ...] = ()
    inputs: Mapping[str, Any] = {}
    outputs: Mapping[str, Any] = {}
    is_hook: bool = False
    is_attempt: bool = False
    is_cached: bool = False
    started: float = 0.0
    finished: float = 0.0

    @property
    def is_completed(self) -> bool:
        """Tell whether it ran to an end, good or bad."""
        return self.phase in _COMPLETED

    @property
    def is_fulfilled(self) -> bool:
        """Tell whether nothing more will happen to it: completed, skipped or omitted."""
        return self.phase in _FULFILLED

    @property
    def is_unsuccessful(self) -> bool:
        """Tell whether it failed or errored."""
        return self.phase in (FAILED, ERROR)

    @property
    def is_active_pod(self) -> bool:
        """Tell whether it is a pod that waits or runs."""
        return self.type == POD and self.phase in (PENDING, RUNNING)


def node_id(workflow: str, name: str) -> str:
    """Return Argo's id of a node: the name of the workflow and the FNV-1a hash of the node's name."""
    if name == workflow:
        return workflow
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return f"{workflow}-{value}"


def status_of(node: Node) -> dict[str, Any]:
    """Return a node in the shape of Argo's `status.nodes`."""
    shape: dict[str, Any] = {"id": node.id, "name": node.name, "displayName": node.display_name, "type": node.type,
                             "phase": node.phase, "startedAt": stamp(node.started)}
    shape |= {key: getattr(node, field) for key, field in _OPTIONAL.items() if getattr(node, field)}
    if node.finished:
        shape["finishedAt"] = stamp(node.finished)
    if node.children:
        shape["children"] = list(node.children)
    if node.outbound:
        shape["outboundNodes"] = list(node.outbound)
    flags = {name: True for name, is_set in (("hooked", node.is_hook), ("retried", node.is_attempt)) if is_set}
    if flags:
        shape["nodeFlag"] = flags
    if node.is_cached:
        shape["memoizationStatus"] = {"hit": True}
    return shape


def node_of(shape: Mapping[str, Any]) -> Node:
    """Return the node that `status_of` wrote."""
    flags = shape.get("nodeFlag", {})
    return Node(
        id=shape["id"], name=shape["name"], display_name=shape["displayName"], type=shape["type"],
        phase=shape["phase"], **{field: shape[key] for key, field in _OPTIONAL.items() if key in shape},
        children=tuple(shape.get("children", ())), outbound=tuple(shape.get("outboundNodes", ())),
        is_hook=flags.get("hooked", False), is_attempt=flags.get("retried", False),
        is_cached=shape.get("memoizationStatus", {}).get("hit", False), started=seconds(shape["startedAt"]),
        finished=seconds(shape["finishedAt"]) if "finishedAt" in shape else 0.0)


def stamp(seconds_since_epoch: float) -> str:
    """Return a time as Argo writes it, with milliseconds."""
    return datetime.fromtimestamp(seconds_since_epoch, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def seconds(text: str) -> float:
    """Return the seconds since the epoch of a time as `stamp` writes it."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
