"""The file-system calls of emit, one function a call.

No other module of this room touches the disk, so that a test can stop the process at each call, or fail it.
Names are single components, reached from an open directory; none of the calls follows a link.
"""

import errno
import os
from collections.abc import Sequence
from typing import Literal

Kind = Literal["file", "directory", "symlink", "other"]

# The umask of whoever compiles must not show in the output.
FILE_MODE = 0o644
DIRECTORY_MODE = 0o755

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# A pipe that was put in the place of a file must not make us wait for a writer.
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_LOCK_FILE = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC

# Linux and macOS give the flag for an exchange the same number.
_EXCHANGE = 2
# musl has no function for this call.  The numbers are those of 64-bit programs.
_RENAMEAT2 = {"x86_64": 316, "aarch64": 276}


def make_parents(path: str) -> None:
    """Create the folder that generated/ stands in, and those above it, where they are missing."""
    os.makedirs(path or ".", exist_ok=True)


def open_parent(path: str) -> int:
    """Open the folder that generated/ stands in.  Links on the user's own path are followed."""
    return os.open(path or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def open_directory(name: str, at: int) -> int:
    """Open a directory; a link in its place is an OSError."""
    return os.open(name, _DIRECTORY, dir_fd=at)


def open_file(name: str, at: int) -> int:
    """Open a file for reading; a link in its place is an OSError."""
    return os.open(name, _READ, dir_fd=at)


def create_file(name: str, at: int) -> int:
    """Create a file that must not be there yet."""
    return os.open(name, _CREATE, FILE_MODE, dir_fd=at)


def open_lock_file(name: str, at: int) -> int:
    """Open a file that is only there to be locked."""
    return os.open(name, _LOCK_FILE, FILE_MODE, dir_fd=at)


def read(descriptor: int, count: int) -> bytes:
    """Read at most count bytes."""
    return os.read(descriptor, count)


def write(descriptor: int, data: bytes | memoryview) -> int:
    """Write some of data and return how many bytes."""
    return os.write(descriptor, data)


def set_mode(descriptor: int, mode: int) -> None:
    """Give an open file or directory its mode."""
    os.fchmod(descriptor, mode)


def set_times(name: str, at: int, times: tuple[int, int]) -> None:
    """Give a file its times of access and change, in nanoseconds."""
    os.utime(name, ns=times, dir_fd=at, follow_symlinks=False)


def sync(descriptor: int) -> None:
    """Wait until an open file or directory is on the disk."""
    os.fsync(descriptor)


def sync_all() -> None:
    """Wait until everything written so far is on the disk."""
    os.sync()


def close(descriptor: int) -> None:
    """Close an open file or directory."""
    os.close(descriptor)


def entries(descriptor: int) -> Sequence[tuple[str, Kind]]:
    """Return name and kind of everything in an open directory, by name."""
    with os.scandir(descriptor) as found:
        return sorted((entry.name, _kind(entry)) for entry in found)


def status(name: str, at: int) -> os.stat_result:
    """Return the status of what stands under name, of a link itself if it is one."""
    return os.stat(name, dir_fd=at, follow_symlinks=False)


def make_directory(name: str, at: int) -> None:
    """Create a directory; the caller sets its mode."""
    os.mkdir(name, 0o700, dir_fd=at)


def link(name: str, at: int, new_name: str, new_at: int) -> None:
    """Give a file a second name."""
    os.link(name, new_name, src_dir_fd=at, dst_dir_fd=new_at, follow_symlinks=False)


def rename(name: str, at: int, new_name: str, new_at: int) -> None:
    """Move a file or directory, over a file of the new name if there is one."""
    os.rename(name, new_name, src_dir_fd=at, dst_dir_fd=new_at)


def unlink(name: str, at: int) -> None:
    """Remove a file, or a link and not what it leads to."""
    os.unlink(name, dir_fd=at)


def remove_directory(name: str, at: int) -> None:
    """Remove an empty directory."""
    os.rmdir(name, dir_fd=at)


def lock(descriptor: int) -> bool:
    """Take the writer lock, or return False when another process has it."""
    import fcntl
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def pause(seconds: float) -> None:
    """Sleep."""
    import time
    time.sleep(seconds)


def exchange(first: str, second: str, at: int) -> None:
    """Let two names of one directory change places in one step.

    The system or the file system may be unable to: OSError with ENOSYS, EINVAL, ENOTSUP or EXDEV.
    """
    import ctypes
    library = ctypes.CDLL(None, use_errno=True)
    names = (at, os.fsencode(first), at, os.fsencode(second))
    if hasattr(library, "renameat2"):
        failed = library.renameat2(*names, _EXCHANGE)
    elif hasattr(library, "renameatx_np"):
        failed = library.renameatx_np(*names, _EXCHANGE)
    elif _renameat2() is not None:
        failed = library.syscall(_renameat2(), *names, _EXCHANGE)
    else:
        raise OSError(errno.ENOSYS, "no exchange of directories")
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), first)


def _renameat2() -> int | None:
    system = os.uname()
    return _RENAMEAT2.get(system.machine) if system.sysname == "Linux" and _is_64_bit() else None


def _is_64_bit() -> bool:
    import sys
    return sys.maxsize > 2**32


def _kind(entry: "os.DirEntry[str]") -> Kind:
    if entry.is_symlink():
        return "symlink"
    if entry.is_dir(follow_symlinks=False):
        return "directory"
    return "file" if entry.is_file(follow_symlinks=False) else "other"
