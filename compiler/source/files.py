"""Files to bytes, without following links, waiting on pipes, or reading what never ends."""

import errno
import os
import stat

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.source import codes
from compiler.source.document import Span
from compiler.source.read import MAX_BYTES

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

_HELP = {
    codes.MISSING: "check the path; it is relative to the folder you are in",
    codes.LINK: "put the file itself there: what a link leads to can change after the review",
    codes.OUTSIDE: "name a file inside the repository",
    codes.NOT_A_FILE: "name a regular file",
    codes.UNREADABLE: "check the permissions and the disk",
    codes.TOO_LARGE: "split it, and keep data out of it",
}
_MESSAGES = {
    codes.MISSING: "there is no such file",
    codes.LINK: "this is a symbolic link, or a folder on the way to it is one",
    codes.OUTSIDE: "this path leads out of the repository",
    codes.NOT_A_FILE: "this is not a regular file",
    codes.UNREADABLE: "this file cannot be read",
    codes.TOO_LARGE: f"the file is larger than {MAX_BYTES} bytes",
}


def read_file(path: str, *, below: str = "") -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """Return the bytes of a regular file of at most 1 MiB, or None and why it was refused.

    With `below`, path is relative to that folder, may not lead out of it, and no folder on the
    way may be a link. A refusal says nothing of the content.
    """
    try:
        descriptor = _open_below(path, below) if below else os.open(path, _FLAGS)
    except ValueError:
        return None, (_refusal(path, codes.OUTSIDE),)
    except OSError as failure:
        return None, (_refusal(path, _code(failure), failure),)
    try:
        return _read(descriptor, path)
    except OSError as failure:
        return None, (_refusal(path, _code(failure), failure),)
    finally:
        os.close(descriptor)


def _open_below(path: str, below: str) -> int:
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if path.startswith("/") or ".." in parts or not parts:
        raise ValueError(path)
    folder = os.open(below, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts[:-1]:
            inner = os.open(part, _FLAGS, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(parts[-1], _FLAGS, dir_fd=folder)
    finally:
        os.close(folder)


def _read(descriptor: int, path: str) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        return None, (_refusal(path, codes.NOT_A_FILE),)
    content = b""
    while len(content) <= MAX_BYTES and (chunk := os.read(descriptor, MAX_BYTES + 1 - len(content))):
        content += chunk
    # The kernel's own files (/proc) claim to be regular and empty.
    if content and not status.st_size:
        return None, (_refusal(path, codes.NOT_A_FILE),)
    if len(content) > MAX_BYTES:
        return None, (_refusal(path, codes.TOO_LARGE),)
    return content, ()


def _code(failure: OSError) -> str:
    if failure.errno == errno.ENOENT:
        return codes.MISSING
    if failure.errno == errno.ELOOP:
        return codes.LINK
    if failure.errno in (errno.EISDIR, errno.ENXIO, errno.ENODEV, errno.ENOTDIR):
        return codes.NOT_A_FILE
    return codes.UNREADABLE


def _refusal(path: str, code: str, failure: OSError | None = None) -> Diagnostic:
    message = _MESSAGES[code]
    if code == codes.UNREADABLE and failure is not None and failure.errno is not None:
        message += f": {os.strerror(failure.errno).lower()}"
    return Diagnostic(code, "error", message, (), _HELP[code], (), Span(path, 1, 1, 1, 1))
