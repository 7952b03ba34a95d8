"""What promote, rollback and freeze have in common: where they work, how they deliver, what they say."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from compiler.commands.console import ENVIRONMENT, OK, REFUSED, USAGE, Console
from compiler.records import NamedTuple

if TYPE_CHECKING:
    from compiler.diagnostics.diagnostic import Diagnostic
    from compiler.git.committing import Committer
    from compiler.policy.interface import Judge
    from compiler.promotion.changing import Change, Edit
    from compiler.promotion.project import Compiler, Project
    from compiler.promotion.proposing import Opened

    Make = Callable[[Project], tuple[Edit | None, tuple[Diagnostic, ...]]]


class Delivery(NamedTuple):
    """How an edit leaves: into the working tree, as a commit of the checked-out branch, as a branch of its own."""

    is_commit: bool
    is_proposal: bool
    branch: str = ""
    base: str = ""


def add_delivery(parser: ArgumentParser) -> None:
    """Declare the arguments that say how an edit leaves."""
    parser.add_argument("--root", metavar="DIR", help="root of the repository (default: found from here)")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--commit", action="store_true", help="commit the lock and generated/ to the branch you are on")
    how.add_argument("--pull-request", action="store_true",
                     help="commit them to a branch of their own, push it, and open a pull or merge request")
    parser.add_argument("--base", default="", metavar="BRANCH",
                        help="branch that the request is for (default: the one you are on)")


def deliver(options: Namespace, console: Console, branch: str, make: "Make") -> int:
    """Make the edit, carry it out as the arguments say, and print what came of it."""
    from compiler.git.committing import Committer
    from compiler.git.objects import GitError
    from compiler.promotion.registry import RegistryError
    from compiler.root import find_root

    root = os.path.abspath(options.root) if options.root else find_root(".")
    how = Delivery(options.commit, options.pull_request, branch, options.base)
    committer = Committer(root, console.variables) if how.is_commit or how.is_proposal else None
    try:
        if committer is None or not how.is_proposal:
            return _carry_out(options.project, console, _Work(root, committer, make))
        return _propose(options, console, how, committer, make)
    except RegistryError as failure:
        console.say(f"mlproject: {failure}\n  help: name the registry with --registry\n")
        return ENVIRONMENT
    except GitError as failure:
        console.say(f"mlproject: {failure}\n" + (f"  help: {failure.help}\n" if failure.help else ""))
        return ENVIRONMENT


def _propose(options: Namespace, console: Console, how: Delivery, committer: "Committer", make: "Make") -> int:
    from compiler.hosts.finding import HostError
    from compiler.promotion.proposing import opener

    try:
        host = opener(committer, how.base, console.variables)
    except HostError as failure:
        console.say(f"mlproject: {failure}\n  help: {failure.help}\n")
        return USAGE
    with committer.checkout() as other:
        def finish(edit: "Edit") -> "Opened":
            return host(other, how.branch, edit)

        return _carry_out(options.project, console, _Work(other.root, other, make, finish))


class _Work(NamedTuple):
    """Where an edit is made and carried out, and what is done with its commit."""

    root: str
    committer: "Committer | None"
    make: "Make"
    finish: "Callable[[Edit], Opened] | None" = None


def _carry_out(name: str, console: Console, work: _Work) -> int:
    from compiler.commands.judging import judge_by
    from compiler.commands.selecting import report
    from compiler.diagnostics.diagnostic import has_errors
    from compiler.policy.packs import read_packs

    with judge_by(lambda: read_packs(work.root), console) as judge:
        from compiler.promotion.changing import carry_out
        from compiler.promotion.project import open_project

        compiler, faults = compiler_for(work.root, judge, console)
        project, found = open_project(work.root, name, compiler) if not has_errors(faults) else (None, faults)
        edit = None
        if project is not None and not has_errors(found):
            edit, found = work.make(project)
        if project is None or has_errors(found):
            report(console, found, project.loaded.sources if project else {}, "text")
            return code_of(found)
        report(console, found, project.loaded.sources, "text")
        if edit is None:
            console.say("there is nothing to do: that is how it is\n")
            return OK
        change = carry_out(project, edit, compiler, work.committer)
    report(console, change.diagnostics, change.sources, "text")
    if has_errors(change.diagnostics):
        return code_of(change.diagnostics)
    return _say(console, edit, change, work.finish)


def _say(console: Console, edit: "Edit", change: "Change", finish: "Callable[[Edit], Opened] | None") -> int:
    from compiler.hosts.finding import HostError

    console.out(f"{edit.headline}\n{edit.body}\n")
    if finish is None:
        console.out(f"Commit:   {change.commit}\n" if change.commit else
                    "".join(f"Edited:   {path}\n" for path in change.paths))
        return OK
    try:
        opened = finish(edit)
    except HostError as failure:
        console.say(f"mlproject: {failure}\n  help: {failure.help}\n")
        return ENVIRONMENT
    console.out(f"Branch:   {opened.branch}\n" + (f"Request:  {opened.url}\n" if opened.url else ""))
    if not opened.url:
        console.say("the branch is pushed; its host has no API that is known here: open the request by hand\n")
    return OK


def compiler_for(root: str, judge: "Judge", console: Console) -> "tuple[Compiler, tuple[Diagnostic, ...]]":
    """Return what compiles the projects at root under its waivers, and what is wrong with those."""
    from compiler.commands.waiving import waivers_of
    from compiler.passes.police import keep
    from compiler.promotion.project import Compiler
    from compiler.registry import discover

    waivers, faults = waivers_of(Namespace(date=""), root, console)
    return Compiler(discover(), judge, waivers.apply if waivers else keep), faults


def code_of(found: "tuple[Diagnostic, ...]") -> int:
    """Return the exit code that findings ask for."""
    from compiler.commands.selecting import exit_code_of
    from compiler.edit import codes

    wrong = {one.code for one in found if one.severity == "error"} & codes.WRONG_USE
    code = exit_code_of(found)
    return USAGE if wrong and code == REFUSED else code
