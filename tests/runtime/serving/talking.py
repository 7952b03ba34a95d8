"""A client that sends bytes as they are: what a library would refuse to send is what a server must bear."""

import json
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
PROGRAM = (sys.executable, "-m", "runtime", "serve", "--host", "127.0.0.1", "--linger-seconds", "0")
ROOT = Path(__file__).resolve().parents[3]


class Reply(NamedTuple):
    """One answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Return the body, read."""
        return json.loads(self.body)


class Running(NamedTuple):
    """A server in a process of its own."""

    process: subprocess.Popen[bytes]
    port: int
    grpc_port: int | None

    def connect(self) -> socket.socket:
        """Return a connection that nobody waits for forever."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def send(self, raw: bytes) -> Reply:
        """Return the answer to bytes."""
        with self.connect() as connection:
            try:
                connection.sendall(raw)
            except OSError:
                pass  # It answered before it had everything.
            return read_reply(connection)

    def get(self, path: str) -> Reply:
        """Return the answer to a GET."""
        return self.send(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())

    def post(self, path: str, body: Any, *headers: str) -> Reply:
        """Return the answer to a POST of bytes, or of anything that JSON holds."""
        return self.send(post_bytes(path, body, *headers))


def post_bytes(path: str, body: Any, *headers: str) -> bytes:
    """Return a POST as it is sent."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"POST {path} HTTP/1.1", "Host: x", "Connection: close", f"Content-Length: {len(raw)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + raw


def read_reply(connection: socket.socket) -> Reply:
    """Read one answer to its end."""
    data = b""
    while b"\r\n\r\n" not in (data := data.removeprefix(_CONTINUE)):
        piece = connection.recv(65536)
        if not piece:
            raise ConnectionError(f"no answer, only {data[:100]!r}")
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    status = int(first.split()[1])
    while len(body) < int(headers["content-length"]):
        piece = connection.recv(65536)
        if not piece:
            raise ConnectionError("the answer is cut off")
        body += piece
    return Reply(status, headers, body)


def start(arguments: Sequence[str], *, program: Sequence[str] = PROGRAM) -> Running:
    """Start a server at ports that are free, and return it once it listens."""
    process = subprocess.Popen([*program, "--port", "0", *arguments], cwd=ROOT, stderr=subprocess.PIPE)
    assert process.stderr is not None
    lines = []
    for line in process.stderr:
        lines.append(line)
        record = json.loads(line)
        if record["message"] == "listening":
            return Running(process, record["port"], record["grpc_port"])
    raise AssertionError(f"the server did not start: {lines}")


def end(running: Running) -> int:
    """Stop a server with SIGTERM, and return its exit code."""
    running.process.terminate()
    code = running.process.wait(20)
    assert running.process.stderr is not None
    running.process.stderr.close()
    return code
