"""Work that is not done in the server's own process: a child that may crash, hang or eat memory alone."""

import os
import resource
import select
import signal
import time
from collections.abc import Callable

_PIECE = 1 << 20


class ChildError(Exception):
    """The child said why it could not do its work, or died; the message is for a person."""


def in_child(work: Callable[[], bytes], *, memory_bytes: int = 0, seconds: int = 60) -> bytes:
    """Return what work returns in a forked child; raise ChildError with its error, or with how it died."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _work(work, writer, memory_bytes, seconds)
    os.close(writer)
    try:
        answer = _read(reader, child, time.monotonic() + 2 * seconds)
    finally:
        os.close(reader)
        _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        raise ChildError(f"it ended with {signal.Signals(-code).name}")
    if code or not answer:
        raise ChildError(answer[1:].decode("utf-8", "replace") or f"it ended with exit code {code}")
    return answer[1:]


def _work(work: Callable[[], bytes], writer: int, memory_bytes: int, seconds: int) -> None:
    """Run work, write its answer and end the process, whatever happens."""
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        if memory_bytes:
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        answer = b"+" + work()
        code = 0
    except MemoryError:
        answer = b"-it needs more memory than it may have"
    except BaseException as failure:
        answer = b"-" + str(failure).encode("utf-8", "replace")[:4096]
    try:
        view = memoryview(answer)
        while view:
            view = view[os.write(writer, view[:_PIECE]):]
    finally:
        os._exit(code)


def _read(reader: int, child: int, deadline: float) -> bytes:
    pieces: list[bytes] = []
    while True:
        ready, _, _ = select.select([reader], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            os.kill(child, signal.SIGKILL)
            raise ChildError("it took too long")
        piece = os.read(reader, _PIECE)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
