"""Say what a proposal does: what it means, which objects and fields differ, who must approve.

  mlproject plan                              the working tree beside HEAD
  mlproject plan --base origin/main           the working tree beside where it parted from main
  mlproject plan --base origin/main --head HEAD --format markdown
  mlproject plan --base origin/main --out plan.json
  mlproject plan --base origin/main --check plan.json     exit 3 unless this is the plan that was approved

Everything is read from Git objects, offline. Policies, waivers and tables are those of the base.
"""

import os
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from compiler.commands.arguments import add_date
from compiler.commands.console import ENVIRONMENT, OK, OUT_OF_DATE, REFUSED, USAGE, Console

if TYPE_CHECKING:
    from compiler.review.past import Past
    from compiler.review.plan import Planned

FORMATS = ("text", "json", "markdown")


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "paths", nargs="*", metavar="SPEC", help="spec files or folders; all that differ when none is given"
    )
    parser.add_argument("--base", "--changed-since", default="HEAD", metavar="REV",
                        help="what the proposal is for (default: HEAD)")
    parser.add_argument("--head", metavar="REV", help="the proposal (default: the working tree)")
    parser.add_argument("--env", action="append", default=[], metavar="NAME", help="only this environment (repeatable)")
    parser.add_argument("--root", metavar="DIR", help="root of the repository; found from the specs when left out")
    add_date(parser)
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors")
    parser.add_argument("--format", default="text", choices=FORMATS, help="format of the plan (default: text)")
    parser.add_argument("--replay", metavar="FILE|registry",
                        help="say which past models a changed gate would let pass: from an export, or from MLflow")
    parser.add_argument("--detailed-exitcode", action="store_true", help="exit 3 when anything changes")
    parser.add_argument("--out", metavar="FILE", help="keep the plan as JSON, to be approved")
    parser.add_argument("--check", metavar="FILE", help="exit 3 unless the plan is the one in this file")


def run(options: Namespace, console: Console) -> int:
    """Plan, print, and return the exit code."""
    from compiler.change.replay import PastError
    from compiler.git.objects import GitError

    try:
        planned = plan(options, console)
    except PastError as failure:
        console.say(f"mlproject: {options.replay}: {failure}\n  help: leave --replay out, or give another export\n")
        return ENVIRONMENT
    except GitError as failure:
        console.say(f"mlproject: {failure}\n" + (f"  help: {failure.help}\n" if failure.help else ""))
        return USAGE
    return _finish(options, planned, console)


def plan(options: Namespace, console: Console) -> "Planned":
    """Return the plan that the arguments ask for."""
    from compiler.commands.judging import judge_by, root_of
    from compiler.git.objects import Git
    from compiler.review.revisions import ends, revisions
    from compiler.review.scratch import scratch
    from compiler.review.tables import Base

    root = root_of(options)
    git = Git(root, console.variables)
    named = ends(git, options.base, options.head)
    with scratch(console.variables.get("TMPDIR", "/tmp")) as folder:
        base = Base(git, named.base, folder)
        with judge_by(base.packs, console) as judge:
            from compiler.registry import discover
            from compiler.review.plan import Wanted, below_root, make_plan

            at = revisions(git, named)
            tables, faults = base.tables()
            wanted = Wanted(below_root(options.paths, root), frozenset(options.env), options.strict, options.date or "",
                            _past(options, console))
            planned = make_plan(git, at, wanted, registry=discover(), judge=judge, tables=tables,
                                folder=os.path.join(folder, "root"))
    return planned._replace(diagnostics=(*faults, *planned.diagnostics))


def _past(options: Namespace, console: Console) -> "Past | None":
    if not options.replay:
        return None
    from compiler.review.past import of_file, of_registry

    return of_registry(console.variables) if options.replay == "registry" else of_file(options.replay)


def _finish(options: Namespace, planned: "Planned", console: Console) -> int:
    from compiler.change.document import is_empty
    from compiler.commands.selecting import exit_code_of, report, tally
    from compiler.diagnostics.diagnostic import has_errors

    found, document = planned.diagnostics, planned.document
    report(console, found, planned.sources, "text")
    if document is None:
        console.say(f"{tally(found)}; there is no plan of what does not compile\n")
        return exit_code_of(found)
    console.out(_rendered(document, options.format))
    if options.out:
        _keep(document, options.out)
    if has_errors(found):
        console.say(f"{tally(found)}\n")
        return exit_code_of(found)
    if options.check:
        return _check(document, options.check, console)
    return OUT_OF_DATE if options.detailed_exitcode and not is_empty(document) else OK


def _rendered(document: dict[str, Any], format: str) -> str:
    if format == "text":
        from compiler.change.text import render_text

        return render_text(document)
    if format == "markdown":
        from compiler.change.markdown import render_markdown

        return render_markdown(document)
    return _json(document)


def _json(document: dict[str, Any]) -> str:
    import json

    return json.dumps(document, indent=2, sort_keys=True) + "\n"


def _keep(document: dict[str, Any], path: str) -> None:
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(_json(document))


def _check(document: dict[str, Any], path: str, console: Console) -> int:
    from compiler.change.approved import ApprovedError, differences, read_approved

    try:
        approved = read_approved(path)
    except ApprovedError as failure:
        console.say(f"mlproject: {path}: {failure}\n  help: make it with `mlproject plan --out`\n")
        return REFUSED
    if approved["hash"] == document["hash"]:
        console.say(f"this is the plan that was approved: {document['hash']}\n")
        return OK
    for line in differences(approved, document):
        console.say(f"{line}\n")
    console.say(
        f"this is not the plan that was approved: {document['hash']}, approved {approved['hash']}\n"
        "  help: have the new plan approved\n"
    )
    return OUT_OF_DATE
