"""Apply waivers to what policies find, and tell which of them serve nothing any more.

A waived finding is still said, as a note. An expired waiver waives nothing. The day is given: there is no clock here.
"""

from collections.abc import Iterable

from compiler.diagnostics.diagnostic import Diagnostic, warning
from compiler.source.path import FieldPath
from compiler.waivers.reading import Waiver

EXPIRED, UNUSED = "waivers/expired", "waivers/unused"


class Waivers:
    """The waivers of a repository on one day."""

    def __init__(self, waivers: Iterable[Waiver], day: str) -> None:
        self._waivers = tuple(waivers)
        self._day = day
        self._used: set[Waiver] = set()

    def apply(self, project: str, finding: Diagnostic) -> Diagnostic:
        """Return what remains of a policy's finding in a project: itself, or a note of who waived it."""
        for waiver in self._waivers:
            if _covers(waiver, project, finding):
                self._used.add(waiver)
                if self._day <= waiver.expires:
                    return finding._replace(severity="note", message=_waived(waiver, finding.message))
        return finding

    def expired(self) -> tuple[Diagnostic, ...]:
        """Return the waivers that came to their end."""
        return tuple(warning(EXPIRED, f"the waiver of `{one.rule}` for `{one.project}` expired on {one.expires}", at=(),
                             help=f"mend it, or have {one.owner} renew the waiver")._replace(span=one.span)
                     for one in self._waivers if one.expires < self._day)

    def unused(self) -> tuple[Diagnostic, ...]:
        """Return the waivers that no finding needed; only a look at all projects can tell."""
        return tuple(warning(UNUSED, f"nothing needs the waiver of `{one.rule}` for `{one.project}`", at=(),
                             help="remove it")._replace(span=one.span)
                     for one in self._waivers if one not in self._used and one.expires >= self._day)


def _covers(waiver: Waiver, project: str, finding: Diagnostic) -> bool:
    return waiver.rule == finding.code and waiver.project == project and _is_below(finding.path, waiver.path)


def _is_below(path: FieldPath, place: FieldPath) -> bool:
    return path[:len(place)] == place


def _waived(waiver: Waiver, message: str) -> str:
    return f"{message}; waived until {waiver.expires} by {waiver.owner}: {waiver.reason}"
