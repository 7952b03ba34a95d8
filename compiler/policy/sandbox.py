"""A child process that can be killed: it judges by text that anyone may have written.

The child is a fork, so it has the compiler's modules without importing them again. It keeps two pipes and no
other file, has limits of memory and processor time, and its standard streams lead nowhere. Frames travel as
eight bytes of length and the content.
"""

import os
import select
from collections.abc import Callable, Sequence
from time import monotonic

from compiler.records import NamedTuple

MEMORY_BYTES = 3 << 29
"""What a child may take beside what its parent had: 1 GiB that the engine's allocator reserves, and half of that."""
PROCESSOR_SECONDS = 60
_PIPE_BYTES = 1 << 20
_LENGTH_BYTES = 8
_CHUNK = 1 << 16
_KILL = 9
_NULL = os.devnull


class Failure(NamedTuple):
    """Why no answer came: `timeout`, or `died` and how it ended."""

    kind: str
    detail: str


class Channel:
    """The child's end: frames in, frames out, both waiting."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading = reading
        self._writing = writing

    def receive(self) -> bytes | None:
        """Return the next frame, None when the parent is gone."""
        header = self._read(_LENGTH_BYTES)
        return None if header is None else self._read(int.from_bytes(header, "big"))

    def send(self, frame: bytes) -> None:
        """Send a frame."""
        content = memoryview(_framed(frame))
        while content:
            content = content[os.write(self._writing, content):]

    def _read(self, size: int) -> bytes | None:
        content = bytearray()
        while len(content) < size:
            chunk = os.read(self._reading, min(_CHUNK, size - len(content)))
            if not chunk:
                return None
            content += chunk
        return bytes(content)


class Child:
    """The parent's end of a child that runs `main` and may be killed at any time."""

    def __init__(self, main: Callable[[Channel], None]) -> None:
        request, self._writing = os.pipe()
        self._reading, reply = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            _run(main, request, reply)
        os.close(request)
        os.close(reply)
        os.set_blocking(self._writing, False)
        _widen(self._writing)
        self._unsent = memoryview(b"")
        self._received = bytearray()
        self._frames: list[bytes] = []

    def exchange(self, frames: Sequence[bytes], *, replies: int, seconds: float) -> list[bytes] | Failure:
        """Send frames and return so many replies; or why not, and then the child is dead."""
        self.begin(frames)
        return self.finish(replies=replies, seconds=seconds)

    def begin(self, frames: Sequence[bytes]) -> None:
        """Hand over as much of the frames as the child takes without waiting for it."""
        self._unsent = memoryview(b"".join(map(_framed, frames)))
        while self._pid and self._unsent:
            left = self._send(self._unsent)
            if len(left) == len(self._unsent):
                return
            self._unsent = left

    def finish(self, *, replies: int, seconds: float) -> list[bytes] | Failure:
        """Send the rest and return so many replies; or why not, and then the child is dead.

        `seconds` is the longest silence, so that many inputs take the time they need.
        """
        if not self._pid:
            return Failure("died", "it had ended before")
        if not self._exchange(self._unsent, replies, seconds):
            self.close()
            return Failure("timeout", f"no answer within {seconds:g} seconds")
        if len(self._frames) < replies:
            return Failure("died", self._end())
        answers = self._frames[:replies]
        del self._frames[:replies]
        return answers

    def dismiss(self) -> None:
        """Kill the child and do not wait until it is gone: its gigabyte of addresses takes milliseconds to unmap."""
        if self._pid:
            os.kill(self._pid, _KILL)

    def close(self) -> None:
        """Kill the child, if it still runs."""
        if self._pid:
            os.kill(self._pid, _KILL)
            self._end()

    def _exchange(self, unsent: memoryview, wanted: int, seconds: float) -> bool:
        """Send and receive until there are enough frames or the child is gone; False when it was silent too long."""
        deadline = monotonic() + seconds
        while len(self._frames) < wanted:
            left = max(deadline - monotonic(), 0)
            readable, writable, _ = select.select([self._reading], [self._writing] if unsent else [], [], left)
            if not readable and (not writable or not left):
                return False
            if writable:
                unsent = self._send(unsent)
            if readable:
                chunk = os.read(self._reading, _CHUNK)
                if not chunk:
                    return True
                if self._receive(chunk):
                    deadline = monotonic() + seconds
        return True

    def _send(self, unsent: memoryview) -> memoryview:
        try:
            return unsent[os.write(self._writing, unsent[:_CHUNK]):]
        except BlockingIOError:
            return unsent
        except BrokenPipeError:
            # The child is gone; reading will say so.
            return unsent[:0]

    def _receive(self, chunk: bytes) -> bool:
        """Take what was read, and tell whether it completed a frame."""
        before = len(self._frames)
        self._received += chunk
        while len(self._received) >= _LENGTH_BYTES:
            end = _LENGTH_BYTES + int.from_bytes(self._received[:_LENGTH_BYTES], "big")
            if len(self._received) < end:
                break
            self._frames.append(bytes(self._received[_LENGTH_BYTES:end]))
            del self._received[:end]
        return len(self._frames) > before

    def _end(self) -> str:
        os.close(self._reading)
        os.close(self._writing)
        _, status = os.waitpid(self._pid, 0)
        self._pid = 0
        code = os.waitstatus_to_exitcode(status)
        return f"it ended by signal {-code}" if code < 0 else f"it ended with exit code {code}"


def _widen(pipe: int) -> None:
    """Let a pipe hold a whole request where the system can, so that handing one over does not wait."""
    import fcntl

    if hasattr(fcntl, "F_SETPIPE_SZ"):
        try:
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        except OSError:
            # An unprivileged user may have used up what all pipes together may hold.
            return


def _framed(frame: bytes) -> bytes:
    return len(frame).to_bytes(_LENGTH_BYTES, "big") + frame


def _run(main: Callable[[Channel], None], reading: int, writing: int) -> None:
    """Be the child: whatever happens, leave without running anything that the parent had planned."""
    code = 70
    try:
        reading, writing = _isolate(reading, writing)
        main(Channel(reading, writing))
        code = 0
    except MemoryError:
        code = 71
    finally:
        # A panic of the engine is a BaseException: it must not travel up into the parent's code.
        os._exit(code)


def _isolate(reading: int, writing: int) -> tuple[int, int]:
    import fcntl
    import resource
    import signal

    in_use = _address_space_bytes()
    # Moved out of the way first: they may have the numbers that are wanted.
    high = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (reading, writing)]
    null = os.open(_NULL, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    kept = [os.dup2(end, 3 + index) for index, end in enumerate(high)]
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    os.closerange(5, limit if limit != resource.RLIM_INFINITY else 1 << 20)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE, signal.SIGALRM, signal.SIGCHLD, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.set_wakeup_fd(-1)
    for kind, amount in ((resource.RLIMIT_AS, in_use + MEMORY_BYTES), (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
                         (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        _lower(kind, amount)
    # With backtraces on, the engine spends a tenth of a second on describing each error.
    os.unsetenv("RUST_BACKTRACE")
    os.unsetenv("RUST_LIB_BACKTRACE")
    return kept[0], kept[1]


def _address_space_bytes() -> int:
    """Return what is reserved already: the engine's allocator reserves a GiB before it uses any of it."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return MEMORY_BYTES


def open_nothing_more() -> None:
    """Let this process open no file and no socket from here on; what is open stays so."""
    import resource

    _lower(resource.RLIMIT_NOFILE, 0)


def _lower(kind: int, amount: int) -> None:
    import resource

    hard = resource.getrlimit(kind)[1]
    wanted = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    try:
        resource.setrlimit(kind, (wanted, wanted))
    except (ValueError, OSError):
        # Some systems refuse a limit below what is in use; the deadline still holds.
        pass
