"""Programs on loopback for a while: none of them outlives the tests, however those end."""

import os
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

LOOPBACK = "127.0.0.1"


def free_ports(count: int) -> list[int]:
    """Return ports of loopback that nobody listens on."""
    # Held open together, so that no two of them are the same.
    with ExitStack() as stack:
        listeners = [stack.enter_context(socket.socket()) for _ in range(count)]
        for listener in listeners:
            listener.bind((LOOPBACK, 0))
        return [listener.getsockname()[1] for listener in listeners]


def start(stack: ExitStack, folder: Path, command: Sequence[str], *, name: str = "",
          environment: Mapping[str, str] = {}) -> subprocess.Popen:
    """Start command until stack is closed; what it says is in a log of its name in folder."""
    log = stack.enter_context((folder / f"{name or Path(command[0]).name}.log").open("wb"))
    # A session of its own: Ctrl-C is for pytest, which then ends these in order.
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
                               stdout=log, stderr=log, start_new_session=True)
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen) -> None:
    # Killed, not asked: there is nothing to save, and a graceful end takes a minute.
    process.kill()
    process.wait()


@contextmanager
def guard(folder: Path, processes: Sequence[subprocess.Popen]) -> Iterator[None]:
    """End the processes even if this one is killed and cannot.

    The shell reads a pipe that closes with our process, however that ends.
    """
    script = 'read nothing; folder=$1; shift; kill -9 "$@"; sleep 1; rm -rf "$folder"'
    numbers = [str(process.pid) for process in processes]
    guard = subprocess.Popen(["sh", "-c", script, "guard", str(folder), *numbers],
                             stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield
    finally:
        _end(guard)
        guard.stdin.close()
