"""Processes in sessions of their own, whose ends come out of a queue; none of them outlives the runner."""

import os
import queue
import signal
import subprocess
import threading
import time
from typing import Protocol

from compiler.local.machine.launch import Launch
from compiler.records import NamedTuple

KILLED = 137
"""The exit code of what was killed, as a container has it."""
_GUARD = """
while read -r sign group; do
  if [ "$sign" = + ]; then groups="$groups $group "; else groups=$(printf %s "$groups" | sed "s/ $group / /"); fi
done
for group in $groups; do kill -9 -- "-$group" 2>/dev/null; done
"""


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
    """Plain processes. A small shell waits for the runner's end, however that comes, and kills what is left."""

    def __init__(self, ends: "queue.Queue[Ended]") -> None:
        """Start nothing yet; the ends of processes go to the queue."""
        self._ends = ends
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._lock = threading.Lock()
        self._guard: subprocess.Popen[str] | None = None

    def start(self, launch: Launch) -> None:
        """Start a process with its output in its log, and beside it where that is wanted."""
        with open(launch.log, "ab") as log:
            try:
                process = subprocess.Popen(
                    launch.argv, cwd=launch.folder, env=dict(launch.environment), stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE if launch.result else log, stderr=log, start_new_session=True)
            except OSError as failure:
                log.write(f"cannot start {launch.argv[0]}: {failure.strerror}\n".encode())
                self._ends.put(Ended(launch.node, 127))
                return
        with self._lock:
            self._running[launch.node] = process
            self._tell("+", process.pid)
        threading.Thread(target=self._wait, args=(launch, process), daemon=True).start()

    def kill(self, node: str) -> None:
        """Kill the group of a process."""
        with self._lock:
            process = self._running.get(node)
            if process is not None:
                kill_group(process.pid)

    def close(self) -> None:
        """Kill what still runs, then end the guard."""
        with self._lock:
            for process in self._running.values():
                kill_group(process.pid)
            if self._guard is not None and self._guard.stdin is not None:
                self._guard.stdin.close()
                self._guard.wait()

    def _wait(self, launch: Launch, process: subprocess.Popen[bytes]) -> None:
        if process.stdout is not None:
            with open(launch.log, "ab") as log, open(launch.result, "wb") as result, process.stdout:
                for line in process.stdout:
                    log.write(line)
                    log.flush()
                    result.write(line)
        code = process.wait()
        # What a step left running in the background ends with it, as it does with a container.
        kill_group(process.pid)
        with self._lock:
            del self._running[launch.node]
            self._tell("-", process.pid)
        self._ends.put(Ended(launch.node, as_exit_code(code)))

    def _tell(self, sign: str, group: int) -> None:
        if self._guard is None:
            self._guard = subprocess.Popen(
                ["sh", "-c", _GUARD], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                text=True, start_new_session=True, env={"PATH": os.defpath})
        assert self._guard.stdin is not None
        try:
            self._guard.stdin.write(f"{sign} {group}\n")
            self._guard.stdin.flush()
        except (BrokenPipeError, ValueError):
            return


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
