"""Groups of steps, one group after the other."""

from collections.abc import Mapping
from typing import Any

from compiler.local.engine.call import FAULTS, FaultError, Frame, TimedOutError, execute
from compiler.local.engine.conditions import continues_on, holds
from compiler.local.engine.expressions import ExpressionError
from compiler.local.engine.fan_out import ItemsError, expands, tasks_of
from compiler.local.engine.hooks import run_exit, run_hooks
from compiler.local.engine.nodes import ERROR, FAILED, RUNNING, SKIP, SKIPPED, STEP_GROUP, SUCCEEDED, Node
from compiler.local.engine.operation import Call, LimitReachedError, Operation
from compiler.local.engine.outbound import ends_of
from compiler.local.engine.scope import Scope, given_artifacts, outputs_of, scope_of_group, scope_of_node

Step = Mapping[str, Any]


def execute_steps(op: Operation, name: str, frame: Frame) -> None:
    """Bring the groups as far as they go now, and settle the node of the steps when they have ended."""
    _Steps(op, name, frame).execute()


class _Steps:
    """One look at the groups of one template."""

    def __init__(self, op: Operation, name: str, frame: Frame) -> None:
        self.op, self.name, self.frame = op, name, frame
        self.boundary = op.get(name).id
        self.scope = frame.scope

    def execute(self) -> None:
        groups = self.frame.template["steps"]
        for index, steps in enumerate(groups):
            group = self._group(index)
            self._hang(index, group)
            try:
                self._execute_group(group, steps)
            except (FaultError, ItemsError, *FAULTS) as fault:
                self.op.mark(group, ERROR, str(fault))
            node = self.op.get(group)
            if not node.is_fulfilled:
                return
            if node.is_unsuccessful:
                self._end(index, FAILED, node.message)
                return
            for step in steps:
                self._learn(group, step)
        self.op.update(self.op.get(self.name), outputs=outputs_of(self.frame.template, self.scope))
        self._end(len(groups) - 1, SUCCEEDED, None)

    def _end(self, index: int, phase: str, message: str | None) -> None:
        children = self.op.get(f"{self.name}[{index}]").children
        outbound = tuple(end for child in children for end in ends_of(self.op, child))
        self.op.update(self.op.get(self.name), outbound=outbound)
        self.op.mark(self.name, phase, message)

    def _group(self, index: int) -> str:
        name = f"{self.name}[{index}]"
        if self.op.find(name) is None:
            self.op.add(name, STEP_GROUP, RUNNING, call=self._call({}))
        return name

    def _hang(self, index: int, group: str) -> None:
        if index == 0:
            self.op.link(self.name, group)
            return
        before = self.op.get(f"{self.name}[{index - 1}]")
        if not before.children:
            self.op.link(before.name, group)
        for child in before.children:
            for end in ends_of(self.op, child):
                self.op.link(self.op.nodes[end].name, group)

    def _call(self, step: Step, arguments: Mapping[str, Any] = {}) -> Call:
        return Call(step, self.frame.source, arguments, self.boundary, self.frame.call.is_exit)

    def _execute_group(self, group: str, steps: list[Step]) -> None:
        node = self.op.get(group)
        if node.is_fulfilled and self.op.are_fulfilled([node.id]):
            return
        ran: dict[str, Step] = {}
        for step in self._expanded(group, steps):
            if not self._execute_step(group, step, ran):
                return
        if self._have_ended(group, ran):
            self._settle(group, ran)

    def _expanded(self, group: str, steps: list[Step]) -> list[Step]:
        found: list[Step] = []
        for step in steps:
            ready = list(tasks_of(step, self.scope.values))
            if not expands(step):
                holds(ready[0].get("when") or "")
            elif not ready and self.op.find(f"{group}.{step['name']}") is None:
                self._skip(group, step, SKIPPED, "Skipped, empty params")
            found += [self._with_artifacts(one) for one in ready]
        return found

    def _with_artifacts(self, step: dict[str, Any]) -> Step:
        try:
            runs = holds(step.get("when") or "")
        except ExpressionError:
            return step
        arguments = step.get("arguments") or {}
        artifacts = given_artifacts(arguments, self.scope) if runs else []
        return {**step, "arguments": {**arguments, "artifacts": artifacts}}

    def _skip(self, group: str, step: Step, phase: str, message: str) -> None:
        name = f"{group}.{step['name']}"
        self.op.add(name, SKIP, phase, call=self._call(step), message=message)
        self.op.link(group, name)

    def _execute_step(self, group: str, step: Step, ran: dict[str, Step]) -> bool:
        """Execute one step; return False where the group is settled, or must wait."""
        name = f"{group}.{step['name']}"
        try:
            runs = holds(step.get("when") or "")
        except ExpressionError as fault:
            if self.op.find(name) is None:
                self._skip(group, step, ERROR, str(fault))
            self.op.mark(group, ERROR, str(fault))
            return False
        if not runs:
            if self.op.find(name) is None:
                self._skip(group, step, SKIPPED, f"when '{step['when']}' evaluated false")
            return True
        try:
            node = execute(self.op, name, self._call(step, step.get("arguments") or {}))
        except LimitReachedError:
            node = self.op.find(name)
        except TimedOutError:
            self.op.mark(group, FAILED, "timeout")
            return False
        except FaultError as fault:
            self.op.link(group, name)
            self.op.mark(group, ERROR, f"step group deemed errored due to child {name} error: {fault}")
            return False
        if node is not None:
            ran[name] = step
            self.op.link(group, name)
        return True

    def _have_ended(self, group: str, ran: Mapping[str, Step]) -> bool:
        ended = True
        for child in self._children(group):
            step = ran.get(child.name, {})
            self.scope = self.scope.joined(Scope({f"steps.{child.display_name}.status": child.phase}))
            prefix = f"steps.{step.get('name', '')}"
            if not run_hooks(self.op, step.get("hooks"), child, scope=self.scope, call=self._call(step), prefix=prefix):
                return False
            if not child.is_fulfilled:
                ended = False
            elif child.is_completed:
                try:
                    ended = run_exit(self.op, step, child, scope=self.scope, call=self._call(step),
                                     prefix=prefix) and ended
                except LimitReachedError:
                    ended = False
        return ended

    def _children(self, group: str) -> list[Node]:
        return [self.op.nodes[child] for child in self.op.get(group).children]

    def _settle(self, group: str, ran: Mapping[str, Step]) -> None:
        for child in self._children(group):
            if child.is_unsuccessful and not continues_on(ran.get(child.name, {}), child.phase):
                self.op.mark(group, FAILED, f"child '{child.id}' failed")
                return
        self.op.mark(group, SUCCEEDED)

    def _learn(self, group: str, step: Step) -> None:
        """Add what a step put out to what the next groups may name."""
        name, prefix = f"{group}.{step['name']}", f"steps.{step['name']}"
        node = self.op.find(name)
        if node is not None:
            self.scope = self.scope.joined(scope_of_node(prefix, node, self.op.nodes))
            return
        items = [one for one in self.op.nodes.values()
                 if one.boundary == self.boundary and one.name.startswith(f"{name}(") and one.type != SKIP]
        self.scope = self.scope.joined(scope_of_group(prefix, items))
