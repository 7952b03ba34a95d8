"""Whether a failed attempt is followed by another one, and when."""

import re
from collections.abc import Mapping
from typing import Any

from compiler.local.engine.expressions import evaluate
from compiler.local.engine.nodes import ERROR, FAILED, SUCCEEDED, Node
from compiler.local.engine.operation import Operation

_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
_ON_FAILED = {"Always": True, "OnFailure": True, "OnError": False}
_ON_ERROR = {"Always": True, "OnError": True, "OnFailure": False}


def duration_seconds(text: str) -> float:
    """Return the seconds of a duration of Argo's: a number, or Go's `1h30m`."""
    parts = re.findall(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)", str(text))
    if not parts:
        return float(text)
    return sum(float(number) * _UNITS[unit] for number, unit in parts)


def attempts_of(op: Operation, node: Node) -> list[Node]:
    """Return the attempts below a Retry node, oldest first."""
    return [op.nodes[child] for child in node.children if op.nodes[child].is_attempt]


def policy_of(strategy: Mapping[str, Any]) -> str:
    """Return which ends are followed by another attempt."""
    policy: str = strategy.get("retryPolicy") or ("Always" if strategy.get("expression") else "OnFailure")
    return policy


def is_due(op: Operation, node: Node, strategy: Mapping[str, Any]) -> bool:
    """Settle a Retry node by its last attempt; return False while the next attempt has to wait.

    After True the node is either fulfilled, or its last attempt goes on, or a new one is due.
    """
    attempts = attempts_of(op, node)
    if node.is_fulfilled or not attempts or not attempts[-1].is_fulfilled:
        return True
    last = attempts[-1]
    if not last.is_unsuccessful:
        op.update(node, outputs=last.outputs)
        op.mark(node.name, SUCCEEDED)
        return True
    if op.is_late:
        op.mark(node.name, last.phase, "retry exceeded workflow deadline")
        return True
    # Argo waits first, and only then finds that there is no further attempt; the nodes are the same.
    ending = _ending(strategy, attempts)
    if ending is not None:
        op.mark(node.name, last.phase, ending)
    elif strategy.get("backoff"):
        return not _waits(op, node, strategy, attempts)
    return True


def last_attempt_values(attempts: list[Node]) -> dict[str, str]:
    """Return what the tags `retries` and `lastRetry.*` stand for in the next attempt."""
    if not attempts:
        return {"retries": "0", "lastRetry.exitCode": "0", "lastRetry.status": "", "lastRetry.message": "",
                "lastRetry.duration": "0"}
    last = attempts[-1]
    return {"retries": str(len(attempts)), "lastRetry.exitCode": str(last.outputs.get("exitCode", "0")),
            "lastRetry.status": last.phase, "lastRetry.message": last.message,
            "lastRetry.duration": f"{last.finished - last.started:g}"}


def _waits(op: Operation, node: Node, strategy: Mapping[str, Any], attempts: list[Node]) -> bool:
    backoff, last = strategy["backoff"], attempts[-1]
    end = None
    if backoff.get("maxDuration"):
        end = attempts[0].started + duration_seconds(backoff["maxDuration"])
        if op.now > end:
            op.mark(node.name, last.phase, "Max duration limit exceeded")
            return False
    wait = duration_seconds(backoff["duration"])
    if backoff.get("factor"):
        wait *= float(backoff["factor"]) ** (len(attempts) - 1)
    if backoff.get("cap"):
        wait = min(wait, duration_seconds(backoff["cap"]))
    due = last.finished + wait
    if end is not None and due > end:
        op.mark(node.name, last.phase, "Backoff would exceed max duration limit")
        return False
    if op.now < due and strategy.get("limit") is not None and len(attempts) <= int(strategy["limit"]):
        op.wake_at(due)
        op.mark(node.name, node.phase, f"Backoff for {wait:g}s")
        return True
    op.mark(node.name, node.phase, "")
    return False


def _ending(strategy: Mapping[str, Any], attempts: list[Node]) -> str | None:
    """Return why there is no further attempt, or None."""
    last, policy = attempts[-1], policy_of(strategy)
    if (last.phase == FAILED and not _ON_FAILED[policy]) or (last.phase == ERROR and not _ON_ERROR[policy]):
        return last.message
    if strategy.get("limit") is not None and len(attempts) > int(strategy["limit"]):
        return "No more retries left"
    if strategy.get("expression") and not evaluate(strategy["expression"], _known(attempts).get):
        return "retryStrategy.expression evaluated to false"
    return None


def _known(attempts: list[Node]) -> dict[str, Any]:
    values: dict[str, Any] = {**last_attempt_values(attempts), "retries": str(len(attempts) - 1)}
    return values | {"lastRetry.exitCode": str(attempts[-1].outputs.get("exitCode", "-1"))}
