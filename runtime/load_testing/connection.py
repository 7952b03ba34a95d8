"""One connection that is kept open: the same request again and again, as little client as possible.

What a heavier client costs would be counted as the server's.
"""

import asyncio
import ssl
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from runtime.outcome import Refused

_END = b"\r\n\r\n"
_MAXIMUM_HEAD = 64 << 10


class Target(NamedTuple):
    """Where requests go."""

    host: str
    port: int
    is_encrypted: bool
    prefix: str


class Answer(NamedTuple):
    """What came back."""

    status: int
    body: bytes


def target_of(url: str) -> Target:
    """Return the target of a URL."""
    try:
        parts: SplitResult = urlsplit(url)
        port = parts.port
    except ValueError as failure:
        raise Refused(f"`{url}` is no address of a server: {failure}") from failure
    if parts.scheme not in ("http", "https") or not parts.hostname or any(byte <= " " for byte in url):
        raise Refused(f"`{url}` is no address of a server, expected http://HOST:PORT")
    is_encrypted = parts.scheme == "https"
    return Target(parts.hostname, port or (443 if is_encrypted else 80), is_encrypted, parts.path.rstrip("/"))


def request_bytes(target: Target, method: str, path: str, body: bytes = b"") -> bytes:
    """Return a request as it is sent."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    head = (f"{method} {target.prefix}{path} HTTP/1.1\r\nHost: {host}:{target.port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n")
    return head.encode() + body


class Connection:
    """A connection that opens when it is first needed, and again after the server closed it."""

    def __init__(self, target: Target) -> None:
        """Take the target; nothing is opened yet."""
        self._target = target
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes) -> Answer:
        """Send request and return the answer; raise OSError or EOFError when the connection fails."""
        if self._reader is None or self._writer is None:
            context = ssl.create_default_context() if self._target.is_encrypted else None
            self._reader, self._writer = await asyncio.open_connection(
                self._target.host, self._target.port, ssl=context, limit=_MAXIMUM_HEAD)
        self._writer.write(request)
        head = (await self._reader.readuntil(_END)).lower()
        answer = Answer(int(head[9:12]), await self._body(self._reader, head))
        if b"\r\nconnection: close" in head:
            await self.close()
        return answer

    async def close(self) -> None:
        """Close the connection."""
        writer, self._reader, self._writer = self._writer, None, None
        if writer is not None:
            writer.close()
            try:
                await writer.wait_closed()
            except OSError:
                pass

    async def _body(self, reader: asyncio.StreamReader, head: bytes) -> bytes:
        if b"\r\ntransfer-encoding: chunked" in head:
            parts = []
            while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
                parts.append((await reader.readexactly(size + 2))[:-2])
            await reader.readuntil(b"\r\n")
            return b"".join(parts)
        _, found, rest = head.partition(b"\r\ncontent-length:")
        return await reader.readexactly(int(rest.split(b"\r\n")[0])) if found else b""
