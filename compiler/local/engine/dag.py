"""Tasks that wait for each other."""

from collections.abc import Mapping
from typing import Any

from compiler.local.engine.call import FAULTS, FaultError, Frame, TimedOutError, execute
from compiler.local.engine.conditions import depends_of, holds, is_met, names_in
from compiler.local.engine.dag_phase import phase_of
from compiler.local.engine.expressions import ExpressionError
from compiler.local.engine.fan_out import ItemsError, expands, tasks_of
from compiler.local.engine.hooks import run_exit, run_hooks
from compiler.local.engine.nodes import (
    ERROR,
    OMITTED,
    RUNNING,
    SKIP,
    SKIPPED,
    SUCCEEDED,
    TASK_GROUP,
    Node,
    node_id,
)
from compiler.local.engine.operation import Call, LimitReachedError, Operation
from compiler.local.engine.outbound import ends_of
from compiler.local.engine.scope import (
    Scope,
    given_artifacts,
    outputs_of,
    scope_of_group,
    scope_of_node,
)
from compiler.local.engine.tags import replaced

Task = Mapping[str, Any]


def execute_dag(op: Operation, name: str, frame: Frame) -> None:
    """Bring every task as far as it goes now, and settle the node of the dag when all have ended."""
    _Dag(op, name, frame).execute()


class _Dag:
    """One look at one dag; `seen` are the tasks that were looked at."""

    def __init__(self, op: Operation, name: str, frame: Frame) -> None:
        self.op, self.name, self.frame = op, name, frame
        self.boundary = op.get(name).id
        self.tasks: dict[str, Task] = {task["name"]: task for task in frame.template["dag"]["tasks"]}
        self.depends = {task: depends_of(body, self.tasks) for task, body in self.tasks.items()}
        self.before = {task: names_in(text) for task, text in self.depends.items()}
        self.seen: set[str] = set()
        target = replaced(frame.template["dag"].get("target"), frame.scope.values)
        self.targets = target.split(" ") if target else self._leaves()

    def execute(self) -> None:
        for task in self.targets:
            self._task(task)
            self._target_hooks(task)
        targets = {self._id(task): self.tasks[task] for task in self.targets}
        phase = phase_of(op=self.op, boundary=self.boundary, targets=targets,
                         fails_fast=self.frame.template["dag"].get("failFast", True))
        if phase == RUNNING:
            return
        nodes = [node for task in self.targets if (node := self._node(task))]
        outbound = tuple(end for node in nodes for end in ends_of(self.op, node.id))
        if phase == SUCCEEDED:
            outputs = outputs_of(self.frame.template, self._everything())
            self.op.update(self.op.get(self.name), outputs=outputs)
        self.op.update(self.op.get(self.name), outbound=outbound)
        self.op.mark(self.name, phase)

    def _leaves(self) -> list[str]:
        waited_for = {name for names in self.before.values() for name in names}
        return sorted(task for task in self.tasks if task not in waited_for)

    def _full(self, task: str) -> str:
        return f"{self.name}.{task}"

    def _id(self, task: str) -> str:
        return node_id(self.op.workflow.name, self._full(task))

    def _node(self, task: str) -> Node | None:
        return self.op.find(self._full(task))

    def _call(self, task: Task, arguments: Mapping[str, Any] = {}) -> Call:
        return Call(task, self.frame.source, arguments, self.boundary, self.frame.call.is_exit)

    def _target_hooks(self, task: str) -> None:
        node = self._node(task)
        if node is None:
            return
        body = self.tasks[task]
        if body.get("hooks"):
            self._hooks(task, node)
        if node.is_completed:
            self._exit(task, node)

    def _hooks(self, task: str, node: Node) -> bool:
        body = self.tasks[task]
        if not body.get("hooks"):
            return True
        scope = self._scope(task).joined(Scope({f"tasks.{task}.status": node.phase}))
        return run_hooks(self.op, body["hooks"], node, scope=scope, call=self._call(body), prefix=f"tasks.{task}")

    def _exit(self, task: str, node: Node) -> bool:
        scope = self._scope(task).joined(Scope({f"tasks.{task}.status": node.phase}))
        try:
            return run_exit(self.op, self.tasks[task], node, scope=scope, call=self._call(self.tasks[task]),
                            prefix=f"tasks.{task}")
        except (LimitReachedError, FaultError):
            return False

    def _task(self, task: str) -> None:
        """Execute a task after those that it waits for."""
        if task in self.seen:
            return
        self.seen.add(task)
        node = self._node(task)
        if node is not None and (node.is_fulfilled or node.phase == RUNNING) and not self._hooks(task, node):
            return
        if node is not None and node.is_fulfilled:
            if node.is_completed:
                self._exit(task, node)
            return
        if self.depends[task] and not self._is_its_turn(task):
            return
        self._expand(task)

    def _is_its_turn(self, task: str) -> bool:
        for name in self.before[task]:
            self._task(name)
        if self._node(task) is not None:
            return True
        nodes: dict[str, Node] = {}
        for name in self.before[task]:
            node = self._node(name)
            if node is None or not node.is_fulfilled or not self._have_hooks_ended(node):
                return False
            nodes[name] = node
        children = {name: [self.op.nodes[child] for child in node.children if child in self.op.nodes]
                    for name, node in nodes.items()}
        try:
            met = is_met(self.depends[task], nodes, children)
        except ExpressionError as fault:
            self._settle(task, ERROR, str(fault))
            return False
        if not met:
            self._settle(task, OMITTED, "omitted: depends condition not met")
        return met

    def _have_hooks_ended(self, node: Node) -> bool:
        children = (self.op.nodes[child] for child in node.children if child in self.op.nodes)
        return all(child.is_fulfilled for child in children if child.is_hook)

    def _settle(self, task: str, phase: str, message: str, *, name: str = "") -> None:
        """Make the node of a task that does not run."""
        full = name or self._full(task)
        self.op.add(full, SKIP, phase, call=self._call(self.tasks[task]), message=message)
        self._connect(task, full)

    def _connect(self, task: str, full: str) -> None:
        """Hang a node below what it came after."""
        group = self._node(task)
        if group is not None and group.type == TASK_GROUP and group.name != full:
            self.op.link(group.name, full)
        elif not self.before[task]:
            self.op.link(self.name, full)
        else:
            for name in self.before[task]:
                node = self._node(name)
                for end in ends_of(self.op, node.id) if node else ():
                    self.op.link(self.op.nodes[end].name, full)

    def _expand(self, task: str) -> None:
        body = self.tasks[task]
        try:
            scope = self._scope(task)
            ready = list(tasks_of(body, scope.values))
            if not expands(body):
                holds(ready[0].get("when") or "")
            ready = [self._with_artifacts(one, scope) for one in ready]
        except (*FAULTS, ItemsError) as fault:
            if self._node(task) is None:
                self._settle(task, ERROR, str(fault))
            return
        group = self._group(task, ready) if expands(body) else None
        if expands(body) and group is None:
            return
        for one in ready:
            if not self._one(task, one):
                return
        if group is not None:
            self._settle_group(group, ready)

    def _with_artifacts(self, task: dict[str, Any], scope: Scope) -> dict[str, Any]:
        try:
            runs = holds(task.get("when") or "")
        except ExpressionError:
            return task
        arguments = task.get("arguments") or {}
        artifacts = given_artifacts(arguments, scope) if runs else []
        return {**task, "arguments": {**arguments, "artifacts": artifacts}}

    def _group(self, task: str, ready: list[dict[str, Any]]) -> Node | None:
        """Return the node of a task with items; None where there is no item."""
        group = self._node(task)
        if not ready:
            if group is None:
                self._settle(task, SKIPPED, "Skipped, empty params")
            return None
        if group is None:
            full = self._full(task)
            self._connect(task, self.op.add(full, TASK_GROUP, RUNNING, call=self._call(self.tasks[task])).name)
            group = self.op.get(full)
        return group

    def _one(self, task: str, one: Task) -> bool:
        """Execute one task, or one item of it; return False where the rest of the items must wait."""
        full = self._full(one["name"])
        if self.op.find(full) is None:
            # Before it is known whether there will be a node: what must wait for its turn is awaited, too.
            self._connect(task, full)
            try:
                runs = holds(one.get("when") or "")
            except ExpressionError as fault:
                self._settle(task, ERROR, str(fault), name=full)
                return True
            if not runs:
                self._settle(task, SKIPPED, f"when '{one['when']}' evaluated false", name=full)
                return True
        try:
            node = execute(self.op, full, self._call(one, one.get("arguments") or {}))
        except LimitReachedError:
            node = self.op.find(full)
        except TimedOutError:
            return False
        except FaultError as fault:
            self.op.mark(full, ERROR, f"task '{full}' errored: {fault}")
            return False
        if node is None:
            return False
        return not node.is_completed or self._exit(task, node)

    def _settle_group(self, group: Node, ready: list[dict[str, Any]]) -> None:
        phase = SUCCEEDED
        for one in ready:
            node = self._node(one["name"])
            if node is None or not node.is_fulfilled:
                return
            if node.is_unsuccessful:
                phase = node.phase
        self.op.mark(group.name, phase)

    def _scope(self, task: str) -> Scope:
        """Return what the tags of a task stand for: the inputs of the dag, the outputs of what ran before."""
        scope = self.frame.scope
        for name in self._ancestors(task):
            node = self._node(name)
            if node is None:
                continue
            if node.type == TASK_GROUP:
                items = [one for one in self.op.nodes.values()
                         if one.boundary == self.boundary and one.name.startswith(f"{node.name}(")]
                scope = scope.joined(scope_of_group(f"tasks.{name}", items))
            else:
                scope = scope.joined(scope_of_node(f"tasks.{name}", node, self.op.nodes))
        return scope

    def _everything(self) -> Scope:
        scope = self.frame.scope
        for name in self.tasks:
            node = self._node(name)
            if node is None:
                continue
            if node.type == TASK_GROUP:
                children = [self.op.nodes[child] for child in node.children]
                scope = scope.joined(scope_of_group(f"tasks.{name}", children))
            scope = scope.joined(scope_of_node(f"tasks.{name}", node, self.op.nodes))
        return scope

    def _ancestors(self, task: str) -> list[str]:
        found: dict[str, None] = {}
        waiting = list(self.before[task])
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = None
                waiting += self.before[name]
        return sorted(found)
