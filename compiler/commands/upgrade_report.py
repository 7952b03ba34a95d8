"""Say what an upgrade changes over all projects, each equal difference once.

  mlproject upgrade-report                   what this version renders otherwise than what is committed in generated/
  mlproject upgrade-report --base REV        what defaults and specs since REV mean for all projects together

Nothing is written. With `--base`, policies are those of REV, as in `mlproject plan`.
"""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from compiler.commands.arguments import add_date
from compiler.commands.console import OK, USAGE, Console

if TYPE_CHECKING:
    from compiler.change.aggregate import Shared
    from compiler.diagnostics.diagnostic import Diagnostic
    from compiler.review.upgrading import Upgrade

_NAMED = 5


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--base", metavar="REV", help="tell what differs from this revision, instead of from generated/"
    )
    parser.add_argument("--out", metavar="DIR", help="what is committed (default: generated/ of the repository)")
    parser.add_argument("--root", metavar="DIR", help="root of the repository; found from here when left out")
    parser.add_argument("--format", default="text", choices=("text", "json"), help="default: text")
    add_date(parser)


def run(options: Namespace, console: Console) -> int:
    """Report, and return the exit code."""
    return _of_revision(options, console) if options.base else _of_compiler(options, console)


def _of_revision(options: Namespace, console: Console) -> int:
    from compiler.change.aggregate import shared_meanings
    from compiler.commands.plan import plan
    from compiler.commands.selecting import exit_code_of, report
    from compiler.git.objects import GitError

    asked = Namespace(**vars(options), paths=[], head=None, env=[], strict=False, replay=None)
    try:
        planned = plan(asked, console)
    except GitError as failure:
        console.say(f"mlproject: {failure}\n  help: {failure.help or 'see git'}\n")
        return USAGE
    if planned.document is None:
        report(console, planned.diagnostics, planned.sources, "text")
        return exit_code_of(planned.diagnostics)
    rows = shared_meanings(planned.document)
    if options.format == "json":
        return _json(console, {"meanings": [dict(zip(("grade", "code", "message", "projects"), row, strict=True))
                                            for row in rows]})  # fmt: skip
    told = [f"{grade:<9}{message} [{code}]: {_named(names)}\n" for grade, code, message, names in rows]
    console.out("".join(told) or "no effect: not one rendered byte differs\n")
    return OK


def _of_compiler(options: Namespace, console: Console) -> int:
    from compiler.commands.judging import judge_for, root_of
    from compiler.commands.selecting import exit_code_of, report
    from compiler.driver import Request, weigh_loaded
    from compiler.registry import discover
    from compiler.repository import find_specs, load
    from compiler.review.upgrading import upgrade

    asked = Namespace(**vars(options), paths=[])
    root = root_of(asked)
    with judge_for(asked, console) as judge:
        specs, faults = find_specs([os.path.relpath(os.path.join(root, "specs"))])
        made = weigh_loaded(load(specs, root), Request(specs, root), discover(), judge)
    found = upgrade(made, options.out or os.path.relpath(os.path.join(root, "generated")))
    wrong = (*faults, *(() if made.rendered else made.diagnostics), *found.diagnostics)
    if wrong:
        report(console, wrong, made.sources, "text")
        return exit_code_of(wrong)
    _print(options, console, made.diagnostics, found)
    return OK


def _print(options: Namespace, console: Console, diagnostics: "tuple[Diagnostic, ...]", found: "Upgrade") -> None:
    from compiler import __version__
    from compiler.change.aggregate import shared_differences
    from compiler.review.upgrading import codes_of

    rows, codes = shared_differences(found.folders), codes_of(diagnostics)
    if options.format == "text":
        console.out(f"from {', '.join(found.versions) or __version__} to {__version__}: {len(found.folders)} of "
                    f"{found.looked_at} folders differ\n")  # fmt: skip
        console.out("".join(f"{line}\n" for line in _lines(rows)))
        console.out("".join(f"{severity} {code}: {count}\n" for (severity, code), count in codes.items()))
        return
    differences = [{**one.difference._asdict(), "projects": list(one.projects), "folders": one.folders} for one in rows]
    findings = [{"severity": severity, "code": code, "count": count} for (severity, code), count in codes.items()]
    _json(console, {"from": list(found.versions), "to": __version__, "folders": found.looked_at,
                    "differ": len(found.folders), "differences": differences, "findings": findings})  # fmt: skip


def _lines(rows: "tuple[Shared, ...]") -> Iterator[str]:
    for one in rows:
        action, kind, path, old, new = one.difference
        where = f"{one.folders} folders of {_named(one.projects)}"
        yield f"{action} {kind} {path}: {old} -> {new}  ({where})" if path else f"{action} {kind}  ({where})"


def _named(projects: tuple[str, ...]) -> str:
    more = f" and {len(projects) - _NAMED} more" if len(projects) > _NAMED else ""
    return ", ".join(projects[:_NAMED]) + more


def _json(console: Console, content: object) -> int:
    import json

    console.out(json.dumps(content, indent=2, sort_keys=True) + "\n")
    return OK
