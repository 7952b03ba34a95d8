"""Let nothing be promoted to an environment for a while, or lift that. A rollback works all the same.

  mlproject freeze churn --env production --until 2026-12-27 --reason "holiday sales"
  mlproject freeze churn --env production --lift
"""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from compiler.commands.console import USAGE, Console
from compiler.commands.promoting import add_delivery, deliver

if TYPE_CHECKING:
    from compiler.diagnostics.diagnostic import Diagnostic
    from compiler.promotion.changing import Edit
    from compiler.promotion.project import Project


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("project", metavar="PROJECT", help="name of the project")
    parser.add_argument("--env", required=True, metavar="ENV", help="environment to freeze")
    parser.add_argument("--until", metavar="DAY", help="first day (UTC) on which promotion works again: YYYY-MM-DD")
    parser.add_argument("--reason", metavar="TEXT", help="why, for whoever is refused")
    parser.add_argument("--lift", action="store_true", help="end the freeze")
    add_delivery(parser)


def run(options: Namespace, console: Console) -> int:
    """Freeze or lift, or say why not."""
    if bool(options.reason) == options.lift:
        console.say("mlproject: a freeze has a reason\n  help: give --reason TEXT, or --lift to end it\n")
        return USAGE

    def make(project: "Project") -> "tuple[Edit | None, tuple[Diagnostic, ...]]":
        from compiler.promotion.project import no_environment
        from compiler.promotion.returning import freezing, lifting

        if project.within(options.env) is None:
            return None, (no_environment(project, options.env),)
        if options.lift:
            return lifting(project, options.env)
        return freezing(project, options.env, options.reason, options.until), ()

    return deliver(options, console, f"freeze/{options.project}/{options.env}", make)
