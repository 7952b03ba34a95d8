"""The writer lock: one compile at a time publishes, readers are never held up."""

import errno
import os.path
from types import TracebackType

from compiler.emit import codes, fs
from compiler.emit.directory import Directory
from compiler.emit.place_error import PlaceError, Reporting, finding

PAUSE_SECONDS = 0.05

# Network file systems lock files that are open for writing, and no directories.
LOCK_FILE_NAME = ".mlproject-lock"


def open_generated(generated: str) -> Directory:
    """Open generated/ itself; it may stand behind a link, but may not be one."""
    parent, name = os.path.split(os.path.abspath(generated))
    with Directory(fs.open_parent(parent), parent) as above:
        found = above.child(name or ".")
    found.place = generated.rstrip("/")
    return found


def find_generated(generated: str) -> Directory | None:
    """Open generated/ itself, or return None when there is none."""
    try:
        return open_generated(generated)
    except FileNotFoundError:
        return None


def make_generated(generated: str) -> None:
    """Create generated/ and the folders above it where they are missing."""
    parent, name = os.path.split(os.path.abspath(generated))
    with Reporting(generated):
        try:
            above = Directory(fs.open_parent(parent), parent)
        except FileNotFoundError:
            fs.make_parents(parent)
            above = Directory(fs.open_parent(parent), parent)
        with above:
            above.ensure(name or ".").close()


class WriterLock:
    """Hold generated/ open and locked for the block; a PlaceError when another process has it for too long.

    The kernel keeps the lock on the directory itself: it is gone with the process that held it, and no file
    is left behind.
    """

    __slots__ = ("_generated", "_held", "_tries")

    def __init__(self, generated: str, *, wait_seconds: float) -> None:
        self._generated = generated
        self._tries = 1 + round(wait_seconds / PAUSE_SECONDS)
        self._held: list[Directory] = []

    def __enter__(self) -> Directory:
        try:
            with Reporting(self._generated):
                root = self._wait()
        except BaseException:
            self._release()
            raise
        if root is None:
            raise PlaceError(finding(codes.LOCKED, "another compile is writing here", self._generated,
                                help="wait for it to end, then compile again"))
        return root

    def __exit__(self, kind: type[BaseException] | None, failure: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._release()

    def _wait(self) -> Directory | None:
        for tried in range(self._tries):
            if tried:
                fs.pause(PAUSE_SECONDS)
            root = open_generated(self._generated)
            self._held.append(root)
            if self._lock(root) and self._is_still_there(root):
                return root
            self._release()
        return None

    def _release(self) -> None:
        while self._held:
            self._held.pop().close()

    def _lock(self, root: Directory) -> bool:
        try:
            return fs.lock(root.descriptor)
        except OSError as failure:
            if failure.errno != errno.EBADF:
                raise
        file = Directory(fs.open_lock_file(LOCK_FILE_NAME, root.descriptor), LOCK_FILE_NAME)
        self._held.append(file)
        return fs.lock(file.descriptor)

    def _is_still_there(self, root: Directory) -> bool:
        """Tell whether the locked directory is the one that the path names now."""
        with open_generated(self._generated) as now:
            return os.path.samestat(fs.status(".", root.descriptor), fs.status(".", now.descriptor))
