"""Check specs and write generated/: everything, or nothing when anything is wrong.

  mlproject compile                      every spec of the repository
  mlproject compile specs/churn          one project; the others stay as they are
  mlproject compile --check              write nothing, exit 3 when generated/ is out of date
  mlproject compile --diff               write nothing, print what would change
"""

import os
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from compiler.commands.arguments import add_selection
from compiler.commands.console import OK, OUT_OF_DATE, Console
from compiler.commands.judging import judge_for, root_of
from compiler.commands.waiving import under_waivers
from compiler.records import NamedTuple

if TYPE_CHECKING:
    from compiler.diagnostics.diagnostic import Diagnostic
    from compiler.driver import Report, Request

GENERATED = "generated"


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    add_selection(parser)
    parser.add_argument("--out", metavar="DIR", help=f"folder to write (default: {GENERATED}/ of the repository)")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 3 when the folder is out of date")
    parser.add_argument("--diff", action="store_true", help="write nothing; print what would change")


def run(options: Namespace, console: Console) -> int:
    """Compile, print what was found, and write or compare."""
    with judge_for(options, console) as judge:
        from compiler.commands.selecting import counted, request_of
        from compiler.driver import Report, compile_specs
        from compiler.registry import discover

        request, faults = request_of(options, console.variables)
        console.progress(f"compiling {counted(len(request.specs), 'spec')} ...")
        with_waivers = under_waivers(request, options, console)
        faults = (*faults, *with_waivers.faults)
        result = Report(faults, {}) if faults else compile_specs(with_waivers.request, discover(), judge)
        result = result._replace(diagnostics=(*result.diagnostics, *with_waivers.remarks(request.is_whole_repository)))
        judge.dismiss()
        console.progress("")
        return _finish(options, request, result, console)


def _finish(options: Namespace, request: "Request", result: "Report", console: Console) -> int:
    from compiler.commands.selecting import exit_code_of, report, tally
    from compiler.driver import is_blocked

    found = result.diagnostics
    generated = options.out or os.path.relpath(os.path.join(root_of(options), GENERATED))
    is_dry = options.check or options.diff
    if is_blocked(found, request):
        report(console, found, result.sources, options.format)
        console.say(f"{tally(found)}; {generated} is as it was\n")
        return exit_code_of(found)
    act = _compare if is_dry else _write
    outcome = act(options, request, result, generated)
    report(console, (*found, *outcome.diagnostics), result.sources, options.format)
    console.out(outcome.text)
    console.say(outcome.summary)
    return outcome.code


class _Outcome(NamedTuple):
    """How writing or comparing ended: what was found, what was asked for, and what a person should know."""

    code: int
    diagnostics: tuple["Diagnostic", ...]
    text: str = ""
    summary: str = ""


def _write(_options: Namespace, request: "Request", result: "Report", generated: str) -> _Outcome:
    from compiler.commands.selecting import counted, exit_code_of
    from compiler.emit.prune import prune_folders
    from compiler.emit.tree import emit_folders

    emitted = emit_folders(generated, result.folders)
    found = emitted.diagnostics
    removed = 0
    if request.is_whole_repository and not _failed(found):
        pruned = prune_folders(generated, frozenset(result.folders))
        found = (*found, *pruned.diagnostics)
        removed = sum(len(folder.removed) for folder in pruned.folders)
    if _failed(found):
        return _Outcome(exit_code_of(found), found)
    written = sum(len(folder.written) for folder in emitted.folders)
    unchanged = sum(len(folder.unchanged) for folder in emitted.folders)
    removed += sum(len(folder.removed) for folder in emitted.folders)
    return _Outcome(OK, found, "", f"compiled {counted(len(request.specs), 'spec')} into "
                    f"{counted(len(result.folders), 'folder')} of {generated}: {counted(written, 'file')} written, "
                    f"{unchanged} unchanged, {removed} removed\n")


def _compare(options: Namespace, request: "Request", result: "Report", generated: str) -> _Outcome:
    from compiler.commands.selecting import counted, exit_code_of
    from compiler.emit.compare import compare, unified_diff

    wanted = frozenset(result.folders) if request.is_whole_repository else None
    comparison = compare(generated, result.folders, wanted=wanted)
    if comparison.diagnostics:
        return _Outcome(exit_code_of(comparison.diagnostics), comparison.diagnostics)
    changes = comparison.changes
    if not changes:
        return _Outcome(OK, (), "", f"{generated} is as it should be\n")
    diff = unified_diff(changes, generated=os.path.basename(generated)) if options.diff else ""
    rows = "" if options.diff else "".join(f"{change.kind:<9} {generated}/{change.folder}/{change.path}\n"
                                           for change in changes)
    summary = (f"{rows}{generated} is out of date: {counted(len(changes), 'file')} off\n"
               "  help: run `mlproject compile` and commit the result\n")
    return _Outcome(OUT_OF_DATE if options.check else OK, (), diff, summary)


def _failed(found: tuple["Diagnostic", ...]) -> bool:
    return any(diagnostic.severity == "error" for diagnostic in found)
