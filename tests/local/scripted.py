"""Our engine with pods that do what a script says, and a clock that jumps."""

from collections.abc import Callable, Mapping
from typing import Any

from compiler.local.engine.engine import Ending, Engine
from compiler.local.engine.operation import Pod
from compiler.local.workflow import Workflow

Outcome = Callable[[str], Mapping[str, Any]]
START = 1_700_000_000.0


def run_scripted(workflow: Workflow, outcome: Outcome, engine: Engine | None = None) -> Engine:
    """Run a workflow to its end; a pod takes no time unless it never ends, and then its deadline ends it."""
    engine = engine or Engine(workflow, started=START)
    now = engine.started
    waiting: list[Pod] = []
    for _ in range(1000):
        turn = engine.advance(now)
        if engine.is_over:
            return engine
        waiting += turn.starts
        if waiting:
            pod = waiting.pop(0)
            end = ending_of(pod, outcome(pod.node.name))
            now += 0.01
            if end is None:
                now += pod.deadline_seconds or 0
                end = Ending("Failed", "DeadlineExceeded", {"exitCode": "137"})
            engine.running(pod.node.id)
            engine.ended(pod.node.id, end, now)
        elif turn.wake is not None:
            now = max(now, turn.wake) + 0.001
        else:
            raise AssertionError(f"{workflow.name} waits for nothing: {engine.nodes}")
    raise AssertionError(f"{workflow.name} does not end")


def ending_of(pod: Pod, script: Mapping[str, Any]) -> Ending | None:
    """Return how a pod ends by its script; None for one that never does."""
    if script.get("never"):
        return None
    if script.get("error"):
        return Ending("Error", "scripted")
    if script.get("exit"):
        return Ending("Failed", f"exit {script['exit']}", {"exitCode": str(script["exit"])})
    outputs: dict[str, Any] = {"exitCode": "0"}
    if "result" in script:
        outputs["result"] = script["result"]
    if script.get("parameters"):
        outputs["parameters"] = [{"name": name, "value": value} for name, value in script["parameters"].items()]
    if script.get("artifacts"):
        outputs["artifacts"] = [{"name": name, "path": f"/{name}"} for name in script["artifacts"]]
    return Ending("Succeeded", "", outputs)
