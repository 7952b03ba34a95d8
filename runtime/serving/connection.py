"""One connection: HTTP/1.1 by httptools (llhttp), and limits on everything that a client may let us wait for.

A request that is quick to answer is read, answered and written in one call of the event loop: no
task, no queue, no timer of its own. One timer of the server looks at all connections once a second.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable
from time import perf_counter
from typing import Any, Final

import httptools

from runtime.serving.answers import Answer, refusal_answer, wire
from runtime.serving.application import Application, Route
from runtime.serving.catalogue import Refusal
from runtime.serving.headers import HEADERS, judge
from runtime.serving.limits import Limits

FRESH, IDLE, HEAD, BODY, ANSWER, CLOSED = range(6)
_MOST_HEAD_BYTES: Final = 32 << 10
_MOST_PATH_BYTES: Final = 4 << 10
_MOST_WAITING: Final = 64
_LINGER_SECONDS: Final = 2.0
_EVER: Final = float("inf")


class Shared:
    """What the connections of a server have in common."""

    def __init__(self, application: Application, limits: Limits) -> None:
        """Start without connections."""
        self.application, self.limits = application, limits
        self.metrics = application.metrics
        self.connections: set[Connection] = set()
        self.buffered = 0
        self.is_stopping = False

    def sweep(self) -> None:
        """End what takes too long."""
        now = perf_counter()
        for connection in tuple(self.connections):
            connection.check_time(now)


class Connection(asyncio.Protocol):
    """The server's side of one connection."""

    def __init__(self, shared: Shared) -> None:
        """Start with nothing read."""
        self._shared = shared
        self._application, self._limits = shared.application, shared.limits
        self._parser: Any = httptools.HttpRequestParser(self)
        self._transport: Any = None
        self._phase, self._since = FRESH, perf_counter()
        self._url = b""
        self._head_bytes = 0
        self._headers: dict[bytes, bytes] = {}
        self._body: bytes | bytearray = b""
        self._counted = 0
        self._fault: Refusal | None = None
        self._is_last = False
        self._waiting: deque[tuple[bytes, bytes, Route | None, bytes | bytearray, bool, float]] = deque()
        self._task: asyncio.Future[Answer] | None = None

    # What the event loop calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection, or refuse it where there are too many."""
        self._transport = transport
        self._shared.connections.add(self)
        if len(self._shared.connections) > self._limits.connections:
            self._refuse(Refusal("busy"))

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._phase = CLOSED
        self._shared.connections.discard(self)
        self._uncount()
        self._waiting.clear()

    def data_received(self, data: bytes) -> None:
        """Read on; what is complete is answered at once."""
        if self._phase == CLOSED:
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # The request before the upgrade was answered; another protocol is not spoken here.
            self._close()
        except httptools.HttpParserError:
            self._refuse(self._fault or Refusal("http"))
        if self._phase == HEAD:
            self._head_bytes += len(data)
            if self._head_bytes > 2 * _MOST_HEAD_BYTES:
                self._refuse(Refusal("headers"))

    def eof_received(self) -> bool:
        """Tell the event loop to close, unless an answer is still to be written."""
        return self._phase == ANSWER

    def pause_writing(self) -> None:
        """Read nothing from a client that reads nothing."""
        self._transport.pause_reading()

    def resume_writing(self) -> None:
        """Read on."""
        if self._task is None:
            self._transport.resume_reading()

    # What the parser calls. An exception here would be the parser's: faults are kept, and answered after.

    def on_message_begin(self) -> None:
        """Start a request."""
        if self._phase == CLOSED:
            return
        if self._phase != ANSWER:
            self._phase = HEAD
            self._since = perf_counter()
        self._url, self._body = b"", b""
        self._head_bytes = 0
        if self._headers:
            self._headers = {}
        self._fault = None

    def on_url(self, url: bytes) -> None:
        """Take a piece of the path."""
        self._url += url
        if len(self._url) > _MOST_PATH_BYTES:
            self._url = b""
            self._fault = Refusal("long-path")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, if it is one that means something here."""
        self._head_bytes += len(name) + len(value)
        lower = name.lower()
        if lower in HEADERS:
            if lower in self._headers and self._fault is None:
                self._fault = Refusal("length" if lower != b"expect" else "expectation")
            self._headers[lower] = value

    def on_headers_complete(self) -> None:
        """Judge the head of a request before its body is read."""
        if self._head_bytes > _MOST_HEAD_BYTES:
            self._fault = Refusal("headers")
        headers = self._headers
        if self._fault is None and len(headers) > (b"content-length" in headers):
            self._fault = judge(headers)
        length = headers.get(b"content-length", b"0")
        if self._fault is None and int(length) > self._limits.body_bytes:
            self._fault = Refusal("large", wanted=self._limits.body_bytes)
        if self._fault is not None:
            self._refuse(self._fault)
            return
        if self._phase == HEAD:
            self._phase = BODY
        if b"expect" in headers and self._phase == BODY:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, piece: bytes) -> None:
        """Take a piece of the body."""
        if self._phase == CLOSED:
            return
        if not self._body:
            self._body = piece
        else:
            if type(self._body) is bytes:
                self._body = bytearray(self._body)
            self._body += piece
        if len(self._body) > self._limits.body_bytes:
            self._refuse(Refusal("large", wanted=self._limits.body_bytes))
            return
        self._shared.buffered += len(piece)
        self._counted += len(piece)
        if self._shared.buffered > self._limits.buffered_bytes:
            self._refuse(Refusal("busy"))

    def on_message_complete(self) -> None:
        """Answer the request."""
        if self._phase == CLOSED:
            return
        parser = self._parser
        self._uncount()
        method = parser.get_method()
        is_last = self._shared.is_stopping or not parser.should_keep_alive() or parser.should_upgrade()
        try:
            route: Route | None = self._application.find(method, self._url)
            body: bytes | bytearray = self._body
        except Refusal as refusal:
            route, body = None, refusal.code.encode()
        except UnicodeDecodeError:
            route, body = None, b"path"
        self._body = b""
        request = (method, self._headers.get(b"inference-header-content-length", b""), route, body, is_last,
                   self._since)
        if self._task is None:
            self._begin(request)
        elif len(self._waiting) < _MOST_WAITING:
            self._waiting.append(request)
        else:
            self._close()

    # Answering.

    def _begin(self, request: tuple[bytes, bytes, Route | None, bytes | bytearray, bool, float]) -> None:
        method, header_length, route, body, is_last, since = request
        if route is None:
            answer: Answer | Awaitable[Answer] = refusal_answer(Refusal(bytes(body).decode()))
        else:
            answer = self._application.answer(route, body, int(header_length) if header_length else None)
        if type(answer) is Answer:
            self._finish(answer, route, method, is_last, since)
            return
        assert not isinstance(answer, Answer)
        self._phase = ANSWER
        self._shared.metrics.in_flight += 1
        self._transport.pause_reading()
        self._task = asyncio.ensure_future(answer)
        self._task.add_done_callback(lambda done: self._resolved(done, route, method, is_last, since))

    def _resolved(self, done: "asyncio.Future[Answer]", route: Route | None, method: bytes, is_last: bool,
                  since: float) -> None:
        self._shared.metrics.in_flight -= 1
        self._task = None
        if self._phase == CLOSED:
            return
        self._finish(done.result(), route, method, is_last or self._shared.is_stopping, since)
        while self._waiting and self._task is None and self._phase != CLOSED:
            self._begin(self._waiting.popleft())
        if self._task is None and self._phase != CLOSED:
            self._transport.resume_reading()

    def _finish(self, answer: Answer, route: Route | None, method: bytes, is_last: bool, since: float) -> None:
        self._transport.write(wire(answer, is_last=is_last, has_body=method != b"HEAD"))
        now = perf_counter()
        self._phase, self._since = IDLE, now
        if route is None or route.read is not None:
            metrics = self._shared.metrics
            metrics.answered(answer.status, now - since)
            if answer.outputs is not None and answer.model is not None:
                metrics.of_model(*answer.model).count(answer.outputs)
        if is_last:
            self._close()

    def _refuse(self, refusal: Refusal) -> None:
        """Answer before the request is read to its end, and read no more of it."""
        if self._phase == CLOSED:
            return
        self._transport.write(wire(refusal_answer(refusal), is_last=True, has_body=True))
        self._shared.metrics.answered(refusal.fault.status, perf_counter() - self._since)
        self._close()

    def _close(self) -> None:
        """End the connection, and throw away what the client still sends: a reset would cost it the answer."""
        self._phase, self._since = CLOSED, perf_counter()
        self._uncount()
        if self._transport.can_write_eof():
            self._transport.write_eof()
        else:
            self._transport.close()

    def _uncount(self) -> None:
        self._shared.buffered -= self._counted
        self._counted = 0

    # Time.

    def check_time(self, now: float) -> None:
        """End the connection if it has taken too long."""
        limits, waited = self._limits, now - self._since
        if self._phase == CLOSED:
            if waited > _LINGER_SECONDS:
                self._transport.abort()
        elif waited > {HEAD: limits.head_seconds, BODY: limits.request_seconds}.get(self._phase, _EVER):
            self._refuse(Refusal("slow"))
        elif waited > {FRESH: limits.head_seconds, IDLE: limits.idle_seconds}.get(self._phase, _EVER):
            self._transport.abort()

    def abort(self) -> None:
        """End the connection, whatever is left to say."""
        self._transport.abort()

    def stop(self) -> None:
        """End the connection once it has answered what it has begun to read."""
        if self._phase in (FRESH, IDLE):
            self._close()
