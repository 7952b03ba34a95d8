"""Start steps by forking a process that has the heavy libraries already: `python -m runtime fork-server`.

The local runner speaks to it over the Unix socket that it is given as a file descriptor, one JSON object a
line. A request starts a step in a process group of its own:

    {"id": ..., "argv": [...], "env": {...}, "cwd": ..., "log": ...}

The answers are `{"id": ..., "pid": ...}`, and at its end `{"id": ..., "code": ...}`; a negative code is the
signal that killed it. When the socket closes, whatever still runs is killed: nothing outlives the runner,
however that ended.

A fork copies one thread alone. Here is only imported, and no library starts threads by being imported as long
as BLAS is told to have one; a step that wants more makes them after the fork.
"""

import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from types import FrameType
from typing import Any

from runtime.contract import STEPS

LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "ingest": ("pandas", "pyarrow.parquet", "pyarrow.csv", "fsspec"),
    "validate": ("pandas", "pyarrow.parquet"),
    "profile": ("pandas", "scipy.stats"),
    "features": ("pandas", "pyarrow.parquet"),
    "tune": ("pandas", "sklearn.ensemble", "sklearn.model_selection"),
    "train": ("pandas", "sklearn.ensemble", "sklearn.linear_model"),
    "evaluate": ("pandas", "sklearn.metrics"),
    "gates": ("pandas", "sklearn.metrics", "onnxruntime"),
    "export": ("onnx", "onnxruntime", "sklearn.ensemble", "skl2onnx"),
    "sign": ("cryptography.hazmat.primitives.asymmetric.ed25519",),
    "register": ("mlflow", "mlflow.tracking"),
}
"""What a step spends its first seconds on; a library that is not installed is left to the step to miss."""


class Server:
    """One connection, the steps that it started, and their ends."""

    def __init__(self, connection: socket.socket, steps: Sequence[str] = ()) -> None:
        """Serve one connection; what steps need is imported whenever nothing else is to be done."""
        self._connection = connection
        self._ahead = [(step, module) for step in steps for module in modules_of(step)]
        self._running: dict[int, str] = {}
        self._buffer = b""
        self._wake_read, self._wake_write = os.pipe()
        for end in (self._wake_read, self._wake_write):
            os.set_blocking(end, False)

    def serve(self) -> int:
        """Answer until the other side is gone, then kill what still runs."""
        signal.signal(signal.SIGCHLD, _ignore)
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        with selectors.DefaultSelector() as selector:
            selector.register(self._connection, selectors.EVENT_READ)
            selector.register(self._wake_read, selectors.EVENT_READ)
            self._say({"ready": os.getpid()})
            while self._turn(selector):
                pass
        self._kill_all()
        return 0

    def _turn(self, selector: selectors.BaseSelector) -> bool:
        events = selector.select(0 if self._ahead else None)
        if not events:
            _import(self._ahead.pop(0)[1])
        for key, _ in events:
            if key.fileobj is self._connection:
                if not self._read():
                    return False
            else:
                _drain(self._wake_read)
                self._reap()
        return True

    def _read(self) -> bool:
        try:
            received = self._connection.recv(1 << 20)
        except ConnectionError:
            return False
        *lines, self._buffer = (self._buffer + received).split(b"\n")
        for line in lines:
            self._start(json.loads(line))
        return bool(received)

    def _start(self, request: Mapping[str, Any]) -> None:
        self._be_ready_for(request["argv"][:1])
        # What was imported stays: without this, each step's first collection would copy every page of it.
        gc.freeze()
        pid = os.fork()
        if pid == 0:
            self._become(request)
        # On both sides: whoever hears of the step may kill its group at once.
        _lead(pid)
        self._running[pid] = request["id"]
        self._say({"id": request["id"], "pid": pid})

    def _be_ready_for(self, steps: Sequence[str]) -> None:
        """Import what a step needs and is not here yet."""
        for _, module in [one for one in self._ahead if one[0] in steps]:
            _import(module)
        self._ahead = [one for one in self._ahead if one[0] not in steps]

    def _become(self, request: Mapping[str, Any]) -> None:
        """Be the step; never return."""
        code = 70
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            _lead(0)
            self._connection.close()
            _redirect(request["log"])
            os.chdir(request["cwd"])
            os.environ.clear()
            os.environ.update(request["env"])
            code = _run(request["argv"])
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _reap(self) -> None:
        while self._running:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._say({"id": self._running.pop(pid), "code": os.waitstatus_to_exitcode(status)})

    def _say(self, answer: Mapping[str, Any]) -> None:
        try:
            self._connection.sendall(json.dumps(answer).encode() + b"\n")
        except OSError:
            # Nobody listens any more; the next read says so.
            return

    def _kill_all(self) -> None:
        for pid in self._running:
            try:
                os.killpg(pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                continue


def modules_of(step: str) -> tuple[str, ...]:
    """Return what is imported for a step, and the step itself."""
    return (*LIBRARIES.get(step, ()), f"runtime.steps.{step.replace('-', '_')}")


def _import(module: str) -> None:
    try:
        importlib.import_module(module)
    except Exception:
        # The step meets it again, and says so in its own log.
        return


def main(argv: Sequence[str]) -> int:
    """Serve one connection, and preload the steps that will be asked for."""
    parser = ArgumentParser(prog="python -m runtime fork-server", allow_abbrev=False,
                            description="Start steps from a process that has their libraries already.")
    parser.add_argument("--socket", type=int, required=True, metavar="FD", help="the connection to the runner")
    parser.add_argument("--step", action="append", default=[], choices=sorted(STEPS), metavar="STEP",
                        help="a step to preload (repeatable)")
    options = parser.parse_args(argv)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # The runner ends this process; Ctrl-C in a terminal is the runner's to handle.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import runtime.running  # noqa: F401 - every step starts with it

    return Server(socket.socket(fileno=options.socket), options.step).serve()


def _lead(pid: int) -> None:
    """Make a process the first of a group of its own."""
    try:
        os.setpgid(pid, pid)
    except (PermissionError, ProcessLookupError):
        # It has done so itself, or is over.
        return


def _run(argv: Sequence[str]) -> int:
    from runtime.running import run_step

    try:
        return run_step(argv)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 1


def _redirect(log: str) -> None:
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    with open(log, "ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)


def _drain(pipe: int) -> None:
    try:
        os.read(pipe, 4096)
    except BlockingIOError:
        return


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """Be called: a signal that is ignored wakes nobody."""
