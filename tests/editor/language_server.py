"""Talks to a language server: JSON-RPC over standard input and output."""

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

SETTINGS = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}


class LanguageServer:
    """A running server with one open document after another."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._next = 0
        self._notes: list[dict[str, Any]] = []

    def __enter__(self) -> "LanguageServer":
        capabilities = {
            "textDocument": {"completion": {"completionItem": {}}, "hover": {}, "publishDiagnostics": {}},
            "workspace": {"configuration": True, "didChangeConfiguration": {}},
        }
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": {"yaml": SETTINGS}})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def open(self, uri: str, text: str) -> list[dict[str, Any]]:
        """Open a document and return what the server says is wrong with it."""
        self.tell(
            "textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}}
        )
        while True:
            for note in self._notes:
                if note["method"] == "textDocument/publishDiagnostics" and note["params"]["uri"] == uri:
                    self._notes.remove(note)
                    found: list[dict[str, Any]] = note["params"]["diagnostics"]
                    return found
            self._receive()

    def ask(self, method: str, params: Any) -> Any:
        """Send a request and return its result."""
        self._next += 1
        self._send({"id": self._next, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._next and "method" not in message:
                return message.get("result")

    def tell(self, method: str, params: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0"} | message).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while (line := self._process.stdout.readline().strip()) or not length:
            if not line and self._process.poll() is not None:
                raise EOFError("the language server ended")
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if "method" in message and "id" in message:
            self._answer(message)
        elif "method" in message:
            self._notes.append(message)
        return message

    def _answer(self, request: dict[str, Any]) -> None:
        """Answer what the server asks of an editor: the settings that editors ship with."""
        wanted = request["params"].get("items", []) if request["method"] == "workspace/configuration" else None
        result = None if wanted is None else [SETTINGS if item.get("section") == "yaml" else {} for item in wanted]
        self._send({"id": request["id"], "result": result})


def document_with_schema(schema: Path, text: str) -> str:
    """Return text that points the server to schema, as our specs do."""
    return f"# yaml-language-server: $schema={schema.as_uri()}\n{text}"
