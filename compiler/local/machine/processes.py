"""Processes in sessions of their own, whose ends come out of a queue; none of them outlives the runner."""

import os
import queue
import shutil
import signal
import subprocess
import threading
import time
from typing import Protocol

from compiler.local.machine.launch import Launch
from compiler.records import NamedTuple

KILLED = 137
"""The exit code of what was killed, as a container has it."""
_GUARDED = """
exec 3<&0
{ read -r nothing <&3; kill -9 0; } >/dev/null 2>&1 &
exec 3<&-
exec "$@" </dev/null
"""
"""Become the step, beside a watcher that kills their group when the pipe of the runner ends: when the runner does."""


class Ended(NamedTuple):
    """A process that is over: its node, its exit code, and whether it was killed for being late."""

    node: str
    code: int
    is_late: bool = False


class Starter(Protocol):
    """Starts a process and puts its end into a queue."""

    def start(self, launch: Launch) -> None:
        """Start a process."""

    def kill(self, node: str) -> None:
        """Kill a process and all that it started."""

    def close(self) -> None:
        """End what this needs itself."""


class Subprocesses:
    """Plain processes, each beside a watcher that ends it when this process is gone, however that comes."""

    def __init__(self, ends: "queue.Queue[Ended]") -> None:
        """Start nothing yet; the ends of processes go to the queue."""
        self._ends = ends
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._lock = threading.Lock()
        self._watched, self._held = os.pipe()

    def start(self, launch: Launch) -> None:
        """Start a process with its output in its log, and beside it where that is wanted."""
        with open(launch.log, "ab") as log, open(launch.result or launch.log, "ab") as out:
            process = subprocess.Popen(
                ["/bin/sh", "-c", _GUARDED, "sh", *launch.argv], cwd=launch.folder, env=dict(launch.environment),
                stdin=self._watched, stdout=out, stderr=log, start_new_session=True)
        with self._lock:
            self._running[launch.node] = process
        threading.Thread(target=self._wait, args=(launch, process), daemon=True).start()

    def kill(self, node: str) -> None:
        """Kill the group of a process."""
        with self._lock:
            process = self._running.get(node)
            if process is not None:
                kill_group(process.pid)

    def close(self) -> None:
        """Kill what still runs."""
        with self._lock:
            for process in self._running.values():
                kill_group(process.pid)
        os.close(self._held)
        os.close(self._watched)

    def _wait(self, launch: Launch, process: subprocess.Popen[bytes]) -> None:
        code = process.wait()
        # What a step left running in the background ends with it, as it does with a container.
        kill_group(process.pid)
        if launch.result:
            with open(launch.result, "rb") as out, open(launch.log, "ab") as log:
                shutil.copyfileobj(out, log)
        with self._lock:
            del self._running[launch.node]
        self._ends.put(Ended(launch.node, as_exit_code(code)))


class Deadlines:
    """When each process must have ended."""

    def __init__(self) -> None:
        """Know of none."""
        self._due: dict[str, float] = {}

    def set(self, launch: Launch) -> None:
        """Begin the time of a process that has one."""
        if launch.deadline_seconds is not None:
            self._due[launch.node] = time.monotonic() + max(0.0, launch.deadline_seconds)

    def forget(self, node: str) -> None:
        """End the time of a process."""
        self._due.pop(node, None)

    def late(self) -> list[str]:
        """Return the processes whose time is over, once each."""
        now = time.monotonic()
        found = [node for node, due in self._due.items() if due <= now]
        for node in found:
            del self._due[node]
        return found

    def next_in(self) -> float | None:
        """Return the seconds until the next one is due."""
        return max(0.0, min(self._due.values()) - time.monotonic()) if self._due else None


def kill_group(group: int) -> None:
    """Kill a process and everything in its session's group."""
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def as_exit_code(code: int) -> int:
    """Return an exit code as a container has it: 128 and the number of the signal that ended it."""
    return 128 - code if code < 0 else code
