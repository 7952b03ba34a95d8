"""Arguments that name specs, and what they mean."""

import os
from argparse import ArgumentParser, Namespace

from compiler.commands.console import Console
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.driver import Request
from compiler.repository import SPECS, find_root, find_specs


def add_selection(parser: ArgumentParser) -> None:
    """Declare the arguments that choose specs and environments."""
    parser.add_argument("paths", nargs="*", metavar="SPEC",
                        help="spec files or folders; every spec of the repository when none is given")
    parser.add_argument("--env", action="append", default=[], metavar="NAME", help="only this environment (repeatable)")
    parser.add_argument("--select", action="append", default=[], metavar="PROJECT",
                        help="only this project, by name (repeatable)")
    parser.add_argument("--root", metavar="DIR", help="root of the repository; found from the specs when left out")
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors")
    parser.add_argument("--format", default="text", choices=("text", "json", "sarif", "junit", "github"),
                        help="format of the diagnostics (default: text)")


def request_of(options: Namespace) -> tuple[Request, tuple[Diagnostic, ...]]:
    """Return the request that the arguments make, and what is wrong with them."""
    root = os.path.abspath(options.root) if options.root else find_root(options.paths[0] if options.paths else ".")
    is_whole = not (options.paths or options.env or options.select)
    paths = options.paths or [os.path.relpath(os.path.join(root, SPECS))]
    specs, faults = find_specs(paths)
    return Request(specs, root, frozenset(options.env), frozenset(options.select), is_whole, options.strict), faults


def report(console: Console, diagnostics: tuple[Diagnostic, ...], sources: dict[str, str], format: str) -> None:
    """Print diagnostics: text for people to standard error, anything else to standard output."""
    from compiler.diagnostics.formats import renderer

    if format != "text":
        console.out(renderer(format)(diagnostics, sources))
    elif diagnostics:
        from compiler.diagnostics.text import render

        console.say(render(diagnostics, sources, colour=console.has_colour))


def tally(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Return how many errors and warnings there are, in words."""
    counts = [(sum(one.severity == severity for one in diagnostics), severity) for severity in ("error", "warning")]
    return " and ".join(f"{count} {severity}{'s' if count != 1 else ''}" for count, severity in counts if count)
