"""The formats of `--format`, each imported when it is asked for."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from compiler.diagnostics.diagnostic import Diagnostic

FORMATS = ("text", "json", "sarif", "junit", "github")


class Render(Protocol):
    """What every format offers."""

    def __call__(self, diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> str:
        """Return the diagnostics as text; `sources` maps a file to what it holds."""


def renderer(name: str) -> Render:
    """Return the format of that name, one of `FORMATS`."""
    match name:
        case "text":
            from compiler.diagnostics.text import render
            return render
        case "json":
            from compiler.diagnostics import json_format
            return json_format.render
        case "sarif":
            from compiler.diagnostics import sarif
            return sarif.render
        case "junit":
            from compiler.diagnostics import junit
            return junit.render
        case "github":
            from compiler.diagnostics import github
            return github.render
    raise ValueError(f"no format is called {name!r}")
