"""Steps of the runtime, started by the fork server: it has their libraries already."""

import json
import os
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping

from compiler.local.machine.launch import Launch
from compiler.local.machine.processes import KILLED, Ended, as_exit_code, kill_group
from runtime.contract import PROGRAM, STEPS

SERVER = "fork-server"


class ForkServer:
    """The server of one run; it starts with the first step and ends with the run, whatever ends that."""

    def __init__(self, ends: "queue.Queue[Ended]", *, steps: Iterable[str], environment: Mapping[str, str],
                 log: str) -> None:
        """Start the server; it imports while the runner goes on, and answers when it is ready."""
        self._ends = ends
        self._pids: dict[str, int] = {}
        self._running: set[str] = set()
        self._doomed: set[str] = set()
        self._lock = threading.Lock()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket = ours
        wanted = [word for step in dict.fromkeys(steps) if step in STEPS for word in ("--step", step)]
        with theirs, open(log, "ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, *PROGRAM[1:], SERVER, "--socket", str(theirs.fileno()), *wanted],
                pass_fds=(theirs.fileno(),), env=dict(environment), cwd=os.path.dirname(log),
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True)
        threading.Thread(target=self._listen, daemon=True).start()

    def start(self, launch: Launch) -> None:
        """Have a step started."""
        request = {"id": launch.node, "argv": list(launch.argv[len(PROGRAM):]), "env": dict(launch.environment),
                   "cwd": launch.folder, "log": launch.log}
        with self._lock:
            self._running.add(launch.node)
        try:
            self._socket.sendall(json.dumps(request).encode() + b"\n")
        except OSError:
            self._end(launch.node, KILLED)

    def kill(self, node: str) -> None:
        """Kill a step and all that it started; one that is still to start is killed when it does."""
        with self._lock:
            if node in self._pids:
                kill_group(self._pids[node])
            elif node in self._running:
                self._doomed.add(node)

    def close(self) -> None:
        """End the server, which kills what still runs."""
        try:
            # Closing alone would leave the thread that listens, and with it the connection, as it is.
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._socket.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _listen(self) -> None:
        buffer = b""
        while True:
            try:
                received = self._socket.recv(1 << 16)
            except OSError:
                received = b""
            if not received:
                break
            *lines, buffer = (buffer + received).split(b"\n")
            for line in lines:
                self._hear(json.loads(line))
        for node in sorted(self._running):
            self._end(node, KILLED)

    def _hear(self, answer: Mapping[str, object]) -> None:
        node = answer.get("id")
        if not isinstance(node, str):
            return
        if isinstance(pid := answer.get("pid"), int):
            with self._lock:
                self._pids[node] = pid
                if node in self._doomed:
                    kill_group(pid)
        elif isinstance(code := answer.get("code"), int):
            self._end(node, as_exit_code(code))

    def _end(self, node: str, code: int) -> None:
        with self._lock:
            pid = self._pids.pop(node, None)
            self._running.discard(node)
            self._doomed.discard(node)
        if pid is not None:
            # What a step left running in the background ends with it, as it does with a container.
            kill_group(pid)
        self._ends.put(Ended(node, code))
