"""The state of a run while it is looked at once: nodes, pods, and what is to be done next."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from compiler.local.engine.nodes import FAILED, PENDING, Node, node_id
from compiler.local.engine.scope import Inputs, Scope
from compiler.local.workflow import Template, Workflow
from compiler.records import NamedTuple

_SEPARATOR = re.compile(r"^(\[\d+\])?\.")


class LimitReachedError(Exception):
    """Not now: as many as may run are running, or a sibling failed and nothing new is started."""


class Cache(Protocol):
    """What memoized templates put out before."""

    def load(self, template: Template, key: str, inputs: Inputs) -> Mapping[str, Any] | None:
        """Return the outputs that the template had for this key and these inputs."""

    def save(self, template: Template, key: str, inputs: Inputs, outputs: Mapping[str, Any]) -> None:
        """Keep outputs."""


class Pod(NamedTuple):
    """A pod to start: the template as written, and what its tags stand for."""

    node: Node
    template: Template
    scope: Scope
    inputs: Inputs
    deadline_seconds: float | None
    is_exit: bool
    is_result_wanted: bool


class Call(NamedTuple):
    """How a template is called: by what, where its name is looked up, with which arguments, inside of which node."""

    reference: Mapping[str, Any]
    source: str
    arguments: Mapping[str, Any] = {}
    boundary: str = ""
    is_exit: bool = False
    is_hook: bool = False


class Operation:
    """One look at a run. Everything that changes in it changes through `add` and `update`."""

    def __init__(self, workflow: Workflow, *, nodes: dict[str, Node], pods: dict[str, Pod], started: float,
                 now: float, cache: Cache | None) -> None:
        """Take over the nodes and pods of the run."""
        self.workflow = workflow
        self.nodes = nodes
        self.pods = pods
        self.started = started
        self.now = now
        self.cache = cache
        self.globals: dict[str, str] = {}
        self.starts: list[Pod] = []
        self.wakes: list[float] = []

    @property
    def deadline(self) -> float | None:
        """Return when the whole workflow must have ended."""
        limit = self.workflow.spec.get("activeDeadlineSeconds")
        return None if limit is None else self.started + float(limit)

    @property
    def is_late(self) -> bool:
        """Tell whether the workflow is past its deadline."""
        return self.deadline is not None and self.now >= self.deadline

    def find(self, name: str) -> Node | None:
        """Return a node by its name."""
        return self.nodes.get(node_id(self.workflow.name, name))

    def get(self, name: str) -> Node:
        """Return a node that is there."""
        return self.nodes[node_id(self.workflow.name, name)]

    def add(self, name: str, type: str, phase: str, *, call: Call, message: str = "",
            inputs: Mapping[str, Any] = {}, is_attempt: bool = False) -> Node:
        """Make a node."""
        boundary = self.nodes.get(call.boundary)
        shown = _SEPARATOR.sub("", name.removeprefix(boundary.name)) if boundary else name
        node = Node(
            id=node_id(self.workflow.name, name), name=name, display_name=shown, type=type, phase=phase,
            boundary=call.boundary, template=call.reference.get("template", ""), source=call.source, message=message,
            inputs=inputs, is_hook=call.is_hook, is_attempt=is_attempt, started=self.now)
        if "templateRef" in call.reference:
            reference = call.reference["templateRef"]
            node = node._replace(template=reference["template"], source=f"namespaced/{reference['name']}")
        self.nodes[node.id] = node._replace(finished=self.now if node.is_fulfilled else 0.0)
        return self.nodes[node.id]

    def update(self, node: Node, **changes: Any) -> Node:
        """Change a node."""
        self.nodes[node.id] = self.nodes[node.id]._replace(**changes)
        return self.nodes[node.id]

    def mark(self, name: str, phase: str, message: str | None = None) -> Node:
        """Put a node into a phase; say why unless it is said already."""
        node = self.get(name)._replace(phase=phase)
        if message is not None:
            node = node._replace(message=message)
        if node.is_fulfilled and not node.finished:
            node = node._replace(finished=self.now)
        self.nodes[node.id] = node
        return node

    def link(self, parent: str, child: str) -> None:
        """Make a node the child of another one, once."""
        above, below = self.get(parent), node_id(self.workflow.name, child)
        if below not in above.children:
            self.update(above, children=(*above.children, below))

    def start(self, pod: Pod) -> None:
        """Have a pod started, unless it is there already."""
        if pod.node.id not in self.pods:
            self.pods[pod.node.id] = pod
            self.starts.append(pod)

    def wake_at(self, moment: float) -> None:
        """Have the run looked at again at a moment, whatever happens until then."""
        self.wakes.append(moment)

    def template_of(self, identity: str) -> Template:
        """Return the template that a node was made of, as written."""
        node = self.nodes[identity]
        return self.workflow.find({"template": node.template}, node.source)[0]

    def count(self, counts: Callable[[Node], bool]) -> int:
        """Return how many nodes are such."""
        return sum(1 for node in self.nodes.values() if counts(node))

    def is_in_exit_handler(self, node: Node) -> bool:
        """Tell whether a node belongs to what runs at the end."""
        while not node.display_name.endswith(".onExit"):
            if not node.boundary:
                return False
            node = self.nodes[node.boundary]
        return True

    def are_fulfilled(self, identities: Iterable[str]) -> bool:
        """Tell whether all that hangs below these nodes has ended; an inner node counts by what is below it."""
        for identity in identities:
            node = self.nodes.get(identity)
            if node is None:
                continue
            if not (self.are_fulfilled(node.children) if node.children else node.is_fulfilled):
                return False
        return True

    def fail_what_is_late(self) -> list[str]:
        """Fail the pods and waits of a workflow that is past its deadline; return the pods that are to be killed."""
        late = [node for node in self.nodes.values() if not node.is_fulfilled and not self.is_in_exit_handler(node)
                and (node.is_active_pod or node.phase == PENDING or node.type == "Suspend")]
        for node in late:
            self.mark(node.name, FAILED, "Step exceeded its deadline")
        return [node.id for node in late if node.id in self.pods]
