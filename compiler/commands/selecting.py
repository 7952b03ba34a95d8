"""Arguments that name specs, and what they mean."""

import os
from argparse import Namespace
from collections.abc import Mapping

from compiler.commands.console import ENVIRONMENT, REFUSED, USAGE, Console
from compiler.commands.judging import root_of
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.driver import Request
from compiler.repository import find_specs
from compiler.root import SPECS

_ENGINE = frozenset({"policy/engine-failed", "policy/timeout"})


def request_of(options: Namespace, variables: Mapping[str, str]) -> tuple[Request, tuple[Diagnostic, ...]]:
    """Return the request that the arguments make, and what is wrong with them."""
    root = root_of(options)
    is_whole = not (options.paths or options.env or options.select)
    paths = options.paths or [os.path.relpath(os.path.join(root, SPECS))]
    specs, faults = find_specs(paths)
    if options.changed_since and not faults:
        from compiler.commands.affected import affected

        chosen, faults = affected(options.changed_since, root, specs, variables)
        is_whole, specs = is_whole and chosen == specs, chosen
    return Request(specs, root, frozenset(options.env), frozenset(options.select), is_whole, options.strict), faults


def report(console: Console, diagnostics: tuple[Diagnostic, ...], sources: Mapping[str, str], format: str) -> None:
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
    return " and ".join(counted(count, severity) for count, severity in counts if count)


def counted(count: int, thing: str) -> str:
    """Return a number of things in words: `1 spec`, `2 specs`."""
    return f"{count} {thing}{'s' if count != 1 else ''}"


def exit_code_of(found: tuple[Diagnostic, ...]) -> int:
    """Return the exit code of a compile that ended with these: the gravest of what they ask for."""
    from compiler.emit import codes as emit
    from compiler.source import codes as source

    codes = {diagnostic.code for diagnostic in found}
    if codes & (source.UNSAFE | source.WRONG_USE | emit.UNSAFE):
        return USAGE
    if codes & (source.ENVIRONMENT | emit.ENVIRONMENT | _ENGINE):
        return ENVIRONMENT
    return REFUSED
