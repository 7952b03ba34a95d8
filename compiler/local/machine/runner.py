"""The loop: what the engine wants started is started, what ends is told to the engine, all of it is written down."""

import json
import os
import queue
import shutil
import signal
import time
from collections.abc import Callable, Mapping
from typing import Any

from compiler.local.engine.engine import Ending, Engine
from compiler.local.engine.nodes import ERROR, FAILED, SUCCEEDED, Node
from compiler.local.engine.operation import Pod
from compiler.local.machine.cache import FileCache
from compiler.local.machine.forking import ForkServer
from compiler.local.machine.launch import Launch, OutputError, is_step, launch_of, outputs_of, prepare_inputs
from compiler.local.machine.mounts import Mounts, mounts_of
from compiler.local.machine.processes import KILLED, Deadlines, Ended, Starter, Subprocesses
from compiler.local.machine.run_folder import RunFolder
from compiler.local.workflow import Workflow
from compiler.records import NamedTuple
from runtime.contract import PROGRAM

_LATE = "Pod was active on the node longer than the specified deadline"
_TICK_SECONDS = 1.0


class Settings(NamedTuple):
    """How a run is run."""

    environment: Mapping[str, str]
    secrets: Mapping[tuple[str, str], str]
    objects: Mapping[str, str]
    cores: int
    is_isolated: bool = False


class Active(NamedTuple):
    """A pod that runs."""

    pod: Pod
    launch: Launch
    mounts: Mounts
    starter: Starter


class Runner:
    """One run in one process."""

    def __init__(self, workflow: Workflow, folder: RunFolder, settings: Settings,
                 show: Callable[[Engine, bool], None]) -> None:
        """Take up a run where its folder says that it stands."""
        self._workflow, self._folder, self._settings, self._show = workflow, folder, settings, show
        status = folder.status()
        started = folder.about()["started"]
        cache = FileCache(os.path.join(os.path.dirname(folder.path), ".memoized"))
        self.engine = Engine(workflow, started=started, nodes=folder.nodes(), cache=cache)
        if status.get("phase") in (SUCCEEDED, FAILED, ERROR):
            self.engine.phase, self.engine.message = status["phase"], status.get("message", "")
        self._ends: queue.Queue[Ended] = queue.Queue()
        self._deadlines = Deadlines()
        self._saved: dict[str, Node] = {}
        self._waiting: list[Pod] = []
        self._active: dict[str, Active] = {}
        self._plain = Subprocesses(self._ends)
        self._forks: ForkServer | None = None
        self._volumes = {one["name"]: one for one in workflow.spec.get("volumes") or ()}

    def run(self) -> None:
        """Run to the end; on the way out, whatever the way, kill what still runs."""
        previous = signal.signal(signal.SIGTERM, _interrupt)
        try:
            while not self.engine.is_over:
                self._turn()
            self._save()
            self._show(self.engine, True)
        finally:
            signal.signal(signal.SIGTERM, previous)
            self._plain.close()
            if self._forks is not None:
                self._forks.close()

    def _turn(self) -> None:
        turn = self.engine.advance(time.time())
        for node in turn.kills:
            self._drop(node)
        self._waiting += turn.starts
        # Written before anything new begins: whatever happens then, what has ended is known to have.
        self._save()
        while self._waiting and len(self._active) < self._settings.cores:
            self._start(self._waiting.pop(0))
        self._save()
        self._show(self.engine, False)
        if self.engine.is_over:
            return
        if not self._active and not self._waiting and turn.wake is None:
            raise StuckError(self._workflow.name)
        self._wait(turn.wake)

    def _wait(self, wake: float | None) -> None:
        """Wait until something ends, a deadline passes, or the engine wants to look again."""
        limits = [_TICK_SECONDS] if self._active else []
        if wake is not None:
            limits.append(max(0.0, wake - time.time()))
        if (due := self._deadlines.next_in()) is not None:
            limits.append(due)
        try:
            self._end(self._ends.get(timeout=min(limits, default=0.0) + 0.001))
        except queue.Empty:
            pass
        for node in self._deadlines.late():
            active = self._active.pop(node)
            active.starter.kill(node)
            self.engine.ended(node, Ending(FAILED, _LATE, {"exitCode": str(KILLED)}), time.time())

    def _start(self, pod: Pod) -> None:
        if self.engine.nodes[pod.node.id].is_fulfilled:
            return
        folder = self._folder.node(pod.node)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        prepare_inputs(pod, folder)
        mounts = mounts_of(pod, self._volumes, folder, self._settings.objects)
        launch = launch_of(pod, mounts, folder=folder, secrets=self._settings.secrets,
                           environment=self._settings.environment)
        os.makedirs(launch.folder, exist_ok=True)
        starter = self._starter(launch)
        self._active[launch.node] = Active(pod, launch, mounts, starter)
        self._deadlines.set(launch)
        self.engine.running(launch.node)
        starter.start(launch)

    def _starter(self, launch: Launch) -> Starter:
        if self._settings.is_isolated or launch.result or not is_step(launch.argv, PROGRAM):
            return self._plain
        if self._forks is None:
            self._forks = ForkServer(self._ends, steps=_steps(self._workflow), environment=self._settings.environment,
                                     log=os.path.join(self._folder.path, "fork-server.log"))
        return self._forks

    def _end(self, ended: Ended) -> None:
        active = self._active.pop(ended.node, None)
        self._deadlines.forget(ended.node)
        if active is None:
            return
        self.engine.ended(ended.node, _ending(active, ended), time.time())

    def _drop(self, node: str) -> None:
        self._waiting = [pod for pod in self._waiting if pod.node.id != node]
        self._deadlines.forget(node)
        active = self._active.pop(node, None)
        if active is not None:
            active.starter.kill(node)

    def _save(self) -> None:
        if self._saved == self.engine.nodes and not self.engine.is_over:
            return
        self._saved = dict(self.engine.nodes)
        finished = time.time() if self.engine.is_over else None
        self._folder.save(phase=self.engine.phase, message=self.engine.message, started=self.engine.started,
                          finished=finished, nodes=self.engine.nodes)


class StuckError(Exception):
    """The workflow waits for nothing that could happen; a cluster would wait until its deadline."""


def _ending(active: Active, ended: Ended) -> Ending:
    try:
        outputs = outputs_of(active.pod, active.mounts, active.launch, ended.code)
    except OutputError as failure:
        return Ending(ERROR, str(failure), {"exitCode": str(ended.code)})
    if ended.code == 0:
        return Ending(SUCCEEDED, "", outputs)
    return Ending(FAILED, _said_last(active.launch.log) or f"Error (exit code {ended.code})", outputs)


def _said_last(log: str) -> str:
    """Return the last message of an error in a log of JSON lines, for the node's own message."""
    found = ""
    with open(log, encoding="utf-8", errors="replace") as file:
        for line in file:
            if '"error"' in line:
                found = _message(line) or found
    return found


def _message(line: str) -> str:
    try:
        content: dict[str, Any] = json.loads(line)
    except ValueError:
        return ""
    return str(content.get("message", "")) if content.get("level") == "error" else ""


def _steps(workflow: Workflow) -> list[str]:
    """Return the steps of the runtime that a workflow runs: the first argument of their containers."""
    containers = [template["container"] for template in workflow.templates["local"].values() if "container" in template]
    return [str(one["args"][0]) for one in containers if one.get("args") and list(one["command"]) == list(PROGRAM)]


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
