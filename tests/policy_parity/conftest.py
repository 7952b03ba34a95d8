"""A real OPA server on loopback."""

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.judges import require

START_SECONDS = 30


class Server(NamedTuple):
    """Where the server is, and the token that it wants, if it wants one."""

    url: str
    token: str = ""


@pytest.fixture(scope="session")
def opa() -> Iterator[Server]:
    """One server that takes anything from anyone."""
    yield from _running()


@pytest.fixture(scope="session")
def guarded_opa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server that wants a token."""
    policy = tmp_path_factory.mktemp("authorization") / "authorization.rego"
    policy.write_text('package system.authz\n\nimport rego.v1\n\ndefault allow := false\n\n'
                      'allow if input.identity == "open-sesame"\n\nallow if input.path == ["health"]\n')
    for server in _running("--authentication=token", "--authorization=basic", str(policy)):
        yield server._replace(token="open-sesame")


def _running(*arguments: str) -> Iterator[Server]:
    port = _free_port()
    command = [str(require("opa")), "run", "--server", "--addr", f"127.0.0.1:{port}", "--log-level", "error"]
    process = subprocess.Popen([*command, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/health", process)
        yield Server(f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        try:
            with opener.open(url, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            # Waits for the port to open: there is nothing to be told by.
            time.sleep(0.05)
    raise AssertionError("the server did not become healthy")
