"""The run as a whole: what happened goes in, what to do next comes out."""

import json
from collections.abc import Mapping
from typing import Any

from compiler.local.engine.call import FaultError, TimedOutError, execute, remember
from compiler.local.engine.expressions import evaluate
from compiler.local.engine.hooks import EXIT, exit_hook
from compiler.local.engine.nodes import ERROR, FAILED, PENDING, POD, RUNNING, SUCCEEDED, Node
from compiler.local.engine.operation import Cache, Call, LimitReachedError, Operation, Pod
from compiler.local.workflow import OWN, Workflow
from compiler.records import NamedTuple

_PHASES = {PENDING: PENDING, RUNNING: RUNNING, FAILED: FAILED, ERROR: ERROR}


class Turn(NamedTuple):
    """What to do now: pods to start, nodes whose pods are to be killed, when to look again at the latest."""

    starts: tuple[Pod, ...]
    kills: tuple[str, ...]
    wake: float | None


class Ending(NamedTuple):
    """How a pod ended: a phase, a message, what it put out in the shape of Argo's `outputs`."""

    phase: str
    message: str = ""
    outputs: Mapping[str, Any] = {}


class Engine:
    """The state machine of one run."""

    def __init__(self, workflow: Workflow, *, started: float, nodes: Mapping[str, Node] = {},
                 cache: Cache | None = None) -> None:
        """Begin, or go on with the nodes of an earlier process: what has not ended is started again."""
        self.workflow = workflow
        self.started = started
        self.nodes = {key: node._replace(phase=PENDING) if node.type == POD and not node.is_fulfilled else node
                      for key, node in nodes.items()}
        self.phase = RUNNING
        self.message = ""
        self._pods: dict[str, Pod] = {}
        self._cache = cache

    @property
    def is_over(self) -> bool:
        """Tell whether the run has ended."""
        return self.phase in (SUCCEEDED, FAILED, ERROR)

    def running(self, identity: str) -> None:
        """Take note that a pod runs."""
        node = self.nodes[identity]
        if not node.is_fulfilled:
            self.nodes[identity] = node._replace(phase=RUNNING)

    def ended(self, identity: str, ending: Ending, now: float) -> None:
        """Take note of how a pod ended; what was killed has ended already."""
        op = self._operation(now)
        node = self.nodes[identity]
        if node.is_fulfilled:
            return
        op.update(node, outputs=ending.outputs)
        op.mark(node.name, ending.phase, ending.message)
        if ending.phase == SUCCEEDED:
            remember(op, self._pods[identity], ending.outputs)

    def advance(self, now: float) -> Turn:
        """Look at the whole workflow once and return what to do next."""
        op = self._operation(now)
        kills = op.fail_what_is_late() if op.is_late else []
        before: dict[str, Node] | None = None
        # One look may settle what another one builds on; the cluster's controller looks again after each change, too.
        while not self.is_over and before != self.nodes:
            before = dict(self.nodes)
            op.wakes.clear()
            self._look(op)
        if op.deadline is not None and not op.is_late:
            op.wake_at(op.deadline)
        return Turn(tuple(op.starts), tuple(kills), min(op.wakes) if op.wakes and not self.is_over else None)

    def _operation(self, now: float) -> Operation:
        op = Operation(self.workflow, nodes=self.nodes, pods=self._pods, started=self.started, now=now,
                       cache=self._cache)
        op.globals = self._globals()
        return op

    def _look(self, op: Operation) -> None:
        try:
            self._operate(op)
        except LimitReachedError:
            pass
        except (FaultError, TimedOutError) as fault:
            self.phase, self.message = ERROR, f"error in template execution: {fault}"

    def _operate(self, op: Operation) -> None:
        spec = self.workflow.spec
        call = Call({"template": spec["entrypoint"]}, OWN, spec.get("arguments") or {})
        node = execute(op, self.workflow.name, call)
        if node is None:
            return
        status = _PHASES.get(node.phase, SUCCEEDED)
        op.globals |= {"workflow.status": status, "workflow.failures": self._failures()}
        if not self._hooks(op, spec.get("hooks") or {}) or not node.is_fulfilled:
            return
        at_exit = self._exit(op, spec)
        if exit_hook(spec) is not None and (at_exit is None or not at_exit.is_fulfilled):
            return
        if status == SUCCEEDED and at_exit is not None and at_exit.is_unsuccessful:
            status, node = at_exit.phase, at_exit
        self.phase, self.message = status, node.message

    def _exit(self, op: Operation, spec: Mapping[str, Any]) -> Node | None:
        hook = exit_hook(spec)
        if hook is None:
            return None
        arguments = hook.get("arguments") or spec.get("arguments") or {}
        return execute(op, f"{self.workflow.name}.onExit", Call(hook, OWN, arguments, is_exit=True, is_hook=True))

    def _hooks(self, op: Operation, hooks: Mapping[str, Any]) -> bool:
        ended = True
        for name, hook in hooks.items():
            full = f"{self.workflow.name}.hooks.{name}"
            if name == EXIT or (op.find(full) is None and not evaluate(hook["expression"], op.globals.get)):
                continue
            node = execute(op, full, Call(hook, OWN, hook.get("arguments") or {}, is_hook=True))
            op.link(self.workflow.name, full)
            ended = ended and node is not None and node.is_fulfilled
        return ended

    def _globals(self) -> dict[str, str]:
        workflow, spec = self.workflow, self.workflow.spec
        parameters = [{"name": name, "value": value} for name, value in workflow.parameters.items()]
        text = json.dumps(parameters, separators=(",", ":"))
        labels = (spec.get("workflowMetadata") or {}).get("labels") or {}
        return {"workflow.name": workflow.name, "workflow.namespace": workflow.namespace, "workflow.uid": workflow.name,
                "workflow.mainEntrypoint": spec["entrypoint"],
                "workflow.serviceAccountName": spec.get("serviceAccountName", ""),
                "workflow.parameters": text, "workflow.parameters.json": text, "workflow.status": self.phase,
                **{f"workflow.parameters.{name}": value for name, value in workflow.parameters.items()},
                **{f"workflow.labels.{name}": value for name, value in labels.items()}}

    def _failures(self) -> str:
        failed = [{"displayName": node.display_name, "message": node.message, "templateName": node.template,
                   "phase": node.phase} for node in self.nodes.values() if node.is_unsuccessful]
        return json.dumps(failed)
