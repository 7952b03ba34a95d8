"""The waivers of a working tree, for commands that judge; nothing is imported where there is no `waivers.yaml`."""

import os
from argparse import Namespace
from typing import TYPE_CHECKING

from compiler.commands.console import Console

if TYPE_CHECKING:
    from compiler.diagnostics.diagnostic import Diagnostic
    from compiler.driver import Request
    from compiler.waivers.waiving import Waivers

FILE = "waivers.yaml"
NO_DATE = "waivers/no-date"


class UnderWaivers:
    """A request whose findings are waived where the repository says so."""

    def __init__(self, request: "Request", waivers: "Waivers | None", faults: "tuple[Diagnostic, ...]") -> None:
        self.request = request._replace(waive=waivers.apply) if waivers else request
        self.faults = faults
        self._waivers = waivers

    def remarks(self, is_whole: bool) -> "tuple[Diagnostic, ...]":
        """Return what there is to say of the waivers themselves, after everything was judged."""
        if self._waivers is None:
            return ()
        return (*self._waivers.expired(), *(self._waivers.unused() if is_whole else ()))


def under_waivers(request: "Request", options: Namespace, console: Console) -> UnderWaivers:
    """Return the request with the waivers of its working tree."""
    return UnderWaivers(request, *waivers_of(options, request.root, console))


def waivers_of(options: Namespace, root: str, console: Console) -> "tuple[Waivers | None, tuple[Diagnostic, ...]]":
    """Return the waivers of the repository at root, None without any, and what is wrong with them."""
    if not os.path.lexists(os.path.join(root, FILE)):
        return None, ()
    from compiler.source.files import read_file
    from compiler.source.read import read
    from compiler.waivers.reading import read_waivers
    from compiler.waivers.waiving import Waivers

    content, faults = read_file(FILE, below=root)
    document, problems = read(content, FILE) if content is not None else (None, ())
    if document is None:
        return None, (*faults, *problems)
    waivers, faults = read_waivers(document)
    day, undated = _day(options, root, console) if waivers else ("", ())
    if faults or undated:
        return None, (*faults, *undated)
    return Waivers(waivers, day), ()


def _day(options: Namespace, root: str, console: Console) -> "tuple[str, tuple[Diagnostic, ...]]":
    if options.date:
        return options.date, ()
    from compiler.diagnostics.diagnostic import error
    from compiler.git.objects import Git, GitError
    from compiler.source.document import Span

    try:
        return Git(root, console.variables).date("HEAD"), ()
    except GitError:
        missing = error(NO_DATE, "there is no commit to take the day of", at=(), help="give one with --date")
        return "", (missing._replace(span=Span(FILE, 1, 1, 1, 1)),)
