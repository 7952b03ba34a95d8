"""What stops an emit that is not our bug: the way from an OSError to a diagnostic."""

import errno
from types import TracebackType

from compiler.diagnostics.diagnostic import Diagnostic, Severity
from compiler.diagnostics.visible import visible
from compiler.emit import codes
from compiler.source.document import Span

_GRANT = "give this user the right to write there, or compile into another folder with `--out`"
_WHY = {
    errno.ENOSPC: ("there is no space left on the disk", "free some space and compile again"),
    errno.EDQUOT: ("the disk quota is used up", "free some space and compile again"),
    errno.EROFS: ("the file system is read-only", "compile into another folder with `--out`"),
    errno.EACCES: ("permission is denied", _GRANT),
    errno.EPERM: ("the operation is not permitted", _GRANT),
    errno.EIO: ("the disk reports an input/output error", "check the disk and compile again"),
    errno.ENAMETOOLONG: ("a name is too long for the file system", "compile into a shorter path"),
    errno.EMFILE: ("too many files are open", "raise the limit (`ulimit -n`) and compile again"),
}


class PlaceError(Exception):
    """Carries a diagnostic up to the entry points of this room, which return it."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class Reporting:
    """Turn an OSError of the block into a PlaceError that names the place."""

    __slots__ = ("_place",)

    def __init__(self, place: str) -> None:
        self._place = place

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, failure: BaseException | None,
                 trace: TracebackType | None) -> None:
        if isinstance(failure, OSError):
            why, help = _reason(failure)
            raise PlaceError(finding(codes.DISK, f"this cannot be read or written: {why}", self._place,
                                help=help)) from failure


def leftover(place: str, failure: OSError) -> Diagnostic:
    """Return the warning that something of ours could not be removed."""
    why, _ = _reason(failure)
    return finding(codes.LEFTOVER, f"this leftover cannot be removed yet: {why}", place,
                   help="what was published is complete; the next compile removes the leftover",
                   severity="warning")


def finding(code: str, message: str, place: str, *, help: str, severity: Severity = "error") -> Diagnostic:
    """Return a diagnostic about a place of the output, not of a spec."""
    return Diagnostic(code, severity, message, (), help, (), Span(visible(place), 1, 1, 1, 1))


def _reason(failure: OSError) -> tuple[str, str]:
    known = _WHY.get(failure.errno or 0)
    if known:
        return known
    return (failure.strerror or "unknown error").lower(), "check the folder and the disk, then compile again"
