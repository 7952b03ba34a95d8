"""Stops or fails emit at every one of its file-system calls, in turn, and looks at what is left.

A program of its own, because it forks: `python emit_driver.py SCENARIO FAULT FOLDER` prints one line of JSON,
`{"points": calls tried, "problems": [...]}`.
"""

import errno
import inspect
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from compiler.emit import fs
from compiler.emit.compare import compare
from compiler.emit.index import with_index
from compiler.emit.names import STAGE_PREFIX
from compiler.emit.prune import prune_folders
from compiler.emit.tree import emit_folders

Folders = dict[str, dict[str, bytes]]
CALLS = [name for name, call in vars(fs).items() if inspect.isfunction(call) and not name.startswith("_")]
REAL = {name: getattr(fs, name) for name in CALLS}
FOREIGN = {"production/fraud/mine.txt": b"mine", "production/fraud/docs/mine.md": b"mine too"}


def made(**files: str) -> dict[str, bytes]:
    named = {name.replace("__", "/").replace("_", "."): text.encode() for name, text in files.items()}
    return with_index(named, compiler="1", inputs={})


OLD: Folders = {"dev/fraud": made(a_yaml="old"),
                "production/fraud": made(a_yaml="old", docs__run_md="same", gone__b_yaml="old", turns="old"),
                "production/iris": made(a_yaml="same")}
NEW: Folders = {"dev/fraud": made(a_yaml="new" * 1000),
                "production/fraud": made(a_yaml="new", docs__run_md="same", new__c_yaml="new", turns__into="new"),
                "production/iris": made(a_yaml="same"), "staging/fraud": made(a_yaml="new", docs__run_md="new")}
LATER: Folders = {**NEW, "production/fraud": made(a_yaml="later", other__c_yaml="later")}


class Scenario(NamedTuple):
    """What stands there before, what is done, what stands there after, and whether each folder changes at once."""

    before: Folders
    act: Callable[[str], Any]
    after: Folders
    foreign: dict[str, bytes]
    is_whole: bool = True
    # A call of fs that the system refuses throughout, and its number.
    lacking: tuple[str, int] | None = None


def emit_new(generated: str) -> Any:
    return emit_folders(generated, NEW, wait_seconds=0)


def emit_later(generated: str) -> Any:
    return emit_folders(generated, LATER, wait_seconds=0)


def prune(generated: str) -> Any:
    return prune_folders(generated, {"production/iris"}, wait_seconds=0)


LEFT = {"production/iris": OLD["production/iris"]}
SCENARIOS = {
    "a first compile": Scenario({}, emit_new, NEW, {}),
    "a change beside foreign files": Scenario(OLD, emit_new, NEW, FOREIGN),
    "a change where files have one name": Scenario(OLD, emit_new, NEW, FOREIGN, lacking=("link", errno.EPERM)),
    "a change without exchange": Scenario(OLD, emit_new, NEW, FOREIGN, is_whole=False,
                                          lacking=("exchange", errno.EINVAL)),
    "a prune": Scenario(OLD, prune, LEFT, {}),
    "a prune beside foreign files": Scenario(OLD, prune, LEFT, FOREIGN),
    "a prune without exchange": Scenario(OLD, prune, LEFT, FOREIGN, is_whole=False,
                                         lacking=("exchange", errno.EXDEV)),
}
NUMBERS = {"no space": errno.ENOSPC, "input/output error": errno.EIO, "no permission": errno.EACCES}


def main(name: str, fault: str, folder: str) -> None:
    scenario, top = SCENARIOS[name], Path(folder)
    lay_out(scenario, top / "template")
    problems: list[str] = []
    point = 1
    while try_point(scenario, fault, top, point, problems):
        point += 1
    print(json.dumps({"points": point - 1, "problems": problems[:20]}))


def try_point(scenario: Scenario, fault: str, top: Path, point: int, problems: list[str]) -> bool:
    """Fault the call of that number and look; return False when there are fewer calls."""
    generated = top / "generated"
    shutil.rmtree(generated, ignore_errors=True)
    if (top / "template").exists():
        shutil.copytree(top / "template", generated)
    try:
        if fault.startswith("kill"):
            was_reached = killed(scenario, generated, point)
        else:
            was_reached = failed(scenario, generated, point, fault)
        problems += [f"{point}: {problem}" for problem in after_fault(scenario, generated)]
        if fault == "kill twice":
            killed(scenario, generated, max(1, point // 2))
            problems += [f"{point} twice: {problem}" for problem in after_fault(scenario, generated)]
        if fault == "kill, then another spec" and scenario.act is emit_new:
            problems += [f"{point}: {problem}" for problem in after_run(
                scenario._replace(act=emit_later, after=LATER), generated)]
        problems += [f"{point}: {problem}" for problem in after_run(scenario, generated)]
    except Exception as bug:
        problems.append(f"{point}: {bug!r}")
        return point < 2000
    return was_reached


def killed(scenario: Scenario, generated: Path, point: int) -> bool:
    """Run in a child that kills itself at that call, half of the bytes written if the call writes."""
    child = os.fork()
    if not child:
        wrap(scenario, point, kill, kill)
        scenario.act(str(generated))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def kill(name: str, arguments: tuple[Any, ...]) -> None:
    if name == "write":
        os.write(arguments[0], bytes(arguments[1])[:len(arguments[1]) // 2])
    os.kill(os.getpid(), signal.SIGKILL)


def failed(scenario: Scenario, generated: Path, point: int, fault: str) -> bool:
    """Run with an error at that call, and with `... from then on` at all that follow."""
    number = NUMBERS[fault.removesuffix(" from then on")]
    reached: list[int] = []

    def fail(name: str, arguments: tuple[Any, ...]) -> None:
        reached.append(point)
        if name == "close":
            os.close(*arguments)
        raise OSError(number, os.strerror(number))
    wrap(scenario, point, fail, fail if fault.endswith("from then on") else None)
    try:
        report = scenario.act(str(generated))
    finally:
        unwrap()
    problems = [str(found) for found in report.diagnostics if not found.code.startswith("emit/") or not found.help]
    if problems:
        raise AssertionError(problems)
    if state(generated) != state_of(scenario.after, scenario.foreign) and scenario.is_whole:
        assert any(found.severity == "error" for found in report.diagnostics), "not done, and nothing said"
    return bool(reached)


def wrap(scenario: Scenario, point: int, at: Callable[..., None], afterwards: Callable[..., None] | None) -> None:
    count = 0

    def wrapped(name: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            nonlocal count
            count += 1
            if count == point:
                at(name, arguments)
            if count > point and afterwards is not None:
                afterwards(name, arguments)
            if scenario.lacking is not None and scenario.lacking[0] == name:
                raise OSError(scenario.lacking[1], name)
            # What is on the disk after a loss of power is not what is tried here.
            return None if name in ("sync", "sync_all") else REAL[name](*arguments)
        return call
    for name in CALLS:
        setattr(fs, name, wrapped(name))


def unwrap() -> None:
    for name in CALLS:
        setattr(fs, name, REAL[name])


def after_fault(scenario: Scenario, generated: Path) -> Iterator[str]:
    """Yield what is wrong with a tree that a fault has left: each folder has to be old or new."""
    now = state(generated)
    for path, data in scenario.foreign.items():
        if now.pop(path, None) != data:
            yield f"lost {path}"
    old, new = state_of(scenario.before, {}), state_of(scenario.after, {})
    for folder in sorted({*scenario.before, *scenario.after}):
        states = [{path: data for path, data in tree.items() if path.startswith(f"{folder}/")}
                  for tree in (now, old, new)]
        if scenario.is_whole and states[0] not in states[1:]:
            yield f"{folder} is neither old nor new: {sorted(states[0])}"
        for path, data in states[0].items():
            # Without exchange the index of both trees stands there for a while.
            if data not in (states[1].get(path), states[2].get(path)) and not path.endswith("/index.json"):
                yield f"{path} is neither old nor new"
    yield from check(scenario, generated, now == new)


def check(scenario: Scenario, generated: Path, is_done: bool) -> Iterator[str]:
    """Yield what `compile --check` gets wrong about the tree as it is."""
    found = compare(str(generated), {} if scenario.act is prune else scenario.after, wanted=scenario.after)
    changes = [change for change in found.changes if change.kind != "foreign"]
    if found.diagnostics or bool(changes) == is_done:
        yield f"--check says {changes} {found.diagnostics}"


def after_run(scenario: Scenario, generated: Path) -> Iterator[str]:
    """Run once more in peace; yield what is wrong then: all has to be new, and nothing left over."""
    wrap(scenario, 0, kill, None)
    try:
        report = scenario.act(str(generated))
    finally:
        unwrap()
    bad = [found for found in report.diagnostics if (found.severity, found.code) != ("warning", "emit/foreign-file")]
    if bad:
        yield f"the next run says {bad}"
    if state(generated) != state_of(scenario.after, scenario.foreign):
        yield f"the next run leaves {sorted(state(generated))}"
    yield from (f"the next run leaves {path}" for path, _ in files_below(str(generated), "") if STAGE_PREFIX in path)


def lay_out(scenario: Scenario, generated: Path) -> None:
    if scenario.before:
        emit_folders(str(generated), scenario.before)
    for path, data in scenario.foreign.items():
        (generated / path).write_bytes(data)


def state(generated: Path) -> dict[str, bytes]:
    """Return the files that are published, by path."""
    return {path: data for path, data in files_below(str(generated), "")
            if STAGE_PREFIX not in path and not path.endswith("/")}


def files_below(folder: str, above: str) -> Iterator[tuple[str, bytes]]:
    if not os.path.isdir(folder):
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                # So that a stage without files is seen as well.
                yield f"{above}{entry.name}/", b""
                yield from files_below(entry.path, f"{above}{entry.name}/")
            else:
                with open(entry.path, "rb") as file:
                    yield above + entry.name, file.read()


def state_of(folders: Folders, foreign: dict[str, bytes]) -> dict[str, bytes]:
    return foreign | {f"{folder}/{path}": data for folder, files in folders.items() for path, data in files.items()}


if __name__ == "__main__":
    main(*sys.argv[1:])
