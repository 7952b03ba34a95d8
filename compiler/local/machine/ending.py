"""How a run ended: an exit code, and in words what a person needs to know."""

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from compiler.local.engine.engine import Engine
from compiler.local.engine.nodes import ERROR, POD, SUCCEEDED, Node
from compiler.local.machine.run_folder import RunFolder
from runtime.contract import EXIT_BUG, EXIT_ENVIRONMENT, EXIT_OK, EXIT_REFUSED, EXIT_USAGE, VERDICT_STOP

_LOG_LINES = 12


def exit_code_of(engine: Engine) -> int:
    """Return the exit code of a run: what its steps said, the gravest first."""
    if engine.phase == SUCCEEDED:
        return EXIT_REFUSED if stopped(engine.nodes) else EXIT_OK
    codes = {str(node.outputs.get("exitCode", "")) for node in engine.nodes.values()
             if node.type == POD and node.is_unsuccessful and _is_decisive(node, engine.nodes)}
    for code in (EXIT_BUG, EXIT_USAGE, EXIT_REFUSED):
        if str(code) in codes:
            return code
    return EXIT_ENVIRONMENT


def words_of(engine: Engine, folder: RunFolder) -> Iterator[str]:
    """Yield what is to be said about the end of a run, line by line."""
    for node in stopped(engine.nodes):
        yield f"{node.display_name} said {VERDICT_STOP}: nothing behind it ran"
        yield from _verdict(node)
    failed = [node for node in engine.nodes.values()
              if node.type == POD and node.is_unsuccessful and _is_decisive(node, engine.nodes)]
    for node in sorted(failed, key=lambda one: one.finished):
        yield f"{node.display_name} {'errored' if node.phase == ERROR else 'failed'}: {node.message}"
        yield from _log_end(folder.log(node))
    if engine.phase == ERROR and engine.message:
        yield engine.message


def stopped(nodes: Mapping[str, Node]) -> list[Node]:
    """Return the pods whose verdict ended the pipeline without an error."""
    return [node for node in nodes.values() if node.type == POD and any(
        one["name"] == "verdict" and one.get("value") == VERDICT_STOP for one in node.outputs.get("parameters", ()))]


def _is_decisive(node: Node, nodes: Mapping[str, Node]) -> bool:
    """Tell whether a failed pod made anything above it fail: an attempt that was followed by a good one did not."""
    if not node.is_attempt:
        return True
    parents = [one for one in nodes.values() if node.id in one.children and one.type == "Retry"]
    return any(parent.is_unsuccessful and _last_attempt(parent, nodes) == node.id for parent in parents)


def _last_attempt(parent: Node, nodes: Mapping[str, Node]) -> str:
    return [child for child in parent.children if nodes[child].is_attempt][-1]


def _verdict(node: Node) -> Iterator[str]:
    """Yield the numbers that did not hold, each beside its limit, those of the gates that block first."""
    paths = [one["local"] for one in node.outputs.get("artifacts", ()) if one["name"] == "verdict"]
    if not paths or not os.path.isfile(paths[0]):
        return
    with open(paths[0], encoding="utf-8") as file:
        verdict = json.load(file)
    failed = [gate for gate in verdict.get("gates", ()) if gate.get("outcome") == "fail"]
    for gate in sorted(failed, key=lambda one: one.get("mode") != "block"):
        yield f"  {gate['name']} ({gate['mode']}): {', '.join(_numbers(gate))}"
        yield from (f"    {note}" for note in gate.get("notes", ()))


def _numbers(gate: Mapping[str, Any]) -> list[str]:
    found = [f"{one['name']} is {one['value']:.6g}, expected {one['relation']} {one['limit']:.6g}"
             for one in gate.get("numbers", ()) if not one.get("holds") and one.get("limit") is not None]
    return found or ["does not hold"]


def _log_end(path: str) -> Iterator[str]:
    if not os.path.isfile(path):
        return
    with open(path, encoding="utf-8", errors="replace") as file:
        lines = file.read().splitlines()
    yield from (f"  | {line[:300]}" for line in lines[-_LOG_LINES:])
    yield f"  log: {os.path.relpath(path)}"
