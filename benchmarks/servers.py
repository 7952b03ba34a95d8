"""The model servers that are compared: how each is started, asked and stopped."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from benchmarks.peers import install

PROGRAMS = Path(__file__).with_name("programs") / "serving"
ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120
_TICKS = os.sysconf("SC_CLK_TCK")


class FailedServerError(Exception):
    """A server did not start, or answered with errors."""


class Server(NamedTuple):
    """A server under measurement: its command, given the scratch folder and a port, and what to ask it."""

    name: str
    title: str
    command: Callable[[Path, int], list[str]]
    path: str
    body: str
    variables: Callable[[Path, int], Mapping[str, str]] = lambda scratch, port: {}


def _peer(name: str, program: str) -> str:
    return str(install(f"serving/{name}") / "bin" / program)


def _ours(scratch: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "runtime", "serve", "--model", f"model={scratch / 'bundle'}",
            "--trust", str(scratch / "key.pem"), "--host", "127.0.0.1", "--port", str(port), "--linger-seconds", "0"]


def _kserve(scratch: Path, port: int) -> list[str]:
    return [_peer("kserve", "python"), str(PROGRAMS / "kserve_model.py"), str(scratch / "bundle/model.onnx"), str(port)]


def _mlserver(scratch: Path, port: int) -> list[str]:
    folder = scratch / "mlserver"
    folder.mkdir(exist_ok=True)
    quiet = folder / "logging.json"
    quiet.write_text(json.dumps({"version": 1, "disable_existing_loggers": True}), encoding="utf-8")
    (folder / "settings.json").write_text(json.dumps({
        "http_port": port, "grpc_port": _free_port(), "metrics_port": _free_port(), "host": "127.0.0.1",
        "parallel_workers": 0, "debug": False, "logging_settings": str(quiet)}), encoding="utf-8")
    (folder / "model-settings.json").write_text(json.dumps({
        "name": "model", "implementation": "mlserver_model.Served",
        "parameters": {"uri": str(scratch / "bundle/model.onnx")}}), encoding="utf-8")
    return [_peer("mlserver", "mlserver"), "start", str(folder)]


def _bentoml(scratch: Path, port: int) -> list[str]:
    return [_peer("bentoml", "bentoml"), "serve", "bentoml_service:Served", "--host", "127.0.0.1", "--port", str(port)]


def _mlflow(scratch: Path, port: int) -> list[str]:
    folder = scratch / "mlflow"
    if not folder.exists():
        subprocess.run([_peer("mlflow", "python"), str(PROGRAMS / "mlflow_model.py"),
                        str(scratch / "bundle/model.onnx"), str(folder)], check=True, capture_output=True)
    return [_peer("mlflow", "mlflow"), "models", "serve", "-m", str(folder), "-h", "127.0.0.1", "-p", str(port),
            "-w", "1", "--env-manager", "local"]


def _on_path(name: str) -> Callable[[Path, int], Mapping[str, str]]:
    """Return variables with which a server finds its programs and our modules."""
    return lambda scratch, port: {
        "PYTHONPATH": str(PROGRAMS), "MODEL": str(scratch / "bundle/model.onnx"), "BENTOML_DO_NOT_TRACK": "true",
        "BENTOML_HOME": str(scratch / "bentoml"), "MLFLOW_DISABLE_ENV_CREATION": "true",
        "PATH": f"{install(f'serving/{name}') / 'bin'}{os.pathsep}{os.environ['PATH']}"}


V2 = "/v2/models/model/infer"
SERVERS = (
    Server("ours", "mlproject serve", _ours, V2, "v2"),
    Server("kserve", "KServe SDK", _kserve, V2, "v2"),
    Server("mlserver", "MLServer", _mlserver, V2, "v2", _on_path("mlserver")),
    Server("bentoml", "BentoML", _bentoml, "/predict", "bentoml", _on_path("bentoml")),
    Server("mlflow", "mlflow models serve", _mlflow, "/invocations", "mlflow", _on_path("mlflow")),
)


class Running:
    """A server that runs: a context in which it answers."""

    def __init__(self, server: Server, scratch: Path) -> None:
        self.server, self.scratch, self.port = server, scratch, _free_port()
        self.url = f"http://127.0.0.1:{self.port}{server.path}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Running":
        command = self.server.command(self.scratch, self.port)
        variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MLPROJECT"))}
        variables |= self.server.variables(self.scratch, self.port)
        with (self.scratch / f"{self.server.name}.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, env=variables,
                                             cwd=ROOT if self.server.name == "ours" else PROGRAMS)
        self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        pids = self._pids()
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()

    def _wait(self) -> None:
        body = (self.scratch / f"{self.server.body}.json").read_bytes()
        request = urllib.request.Request(self.url, body, {"Content-Type": "application/json"})
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self._process is not None
            if self._process.poll() is not None:
                break
            with suppress(OSError), urllib.request.urlopen(request, timeout=10) as reply:
                reply.read()
                return
            time.sleep(0.2)
        self.__exit__()
        raise FailedServerError(f"{self.server.title} does not answer: {self.scratch / f'{self.server.name}.log'}")

    def memory_mib(self) -> float:
        """Return the proportional set size of all processes of the server."""
        total = 0
        for pid in self._pids():
            with suppress(OSError), open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as smaps:
                total += sum(int(line.split()[1]) for line in smaps if line.startswith("Pss:"))
        return total / 1024

    def cpu_seconds(self) -> float:
        """Return the processor time of all processes of the server."""
        total = 0
        for pid in self._pids():
            with suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                total += int(fields[11]) + int(fields[12])
        return total / _TICKS

    def _pids(self) -> list[int]:
        """Return the process and its descendants: a server may put its workers into sessions of their own."""
        assert self._process is not None
        parents: dict[int, int] = {}
        for entry in Path("/proc").iterdir():
            with suppress(OSError, ValueError):
                fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                parents[int(entry.name)] = int(fields[1])
        found = {self._process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return sorted(found)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
