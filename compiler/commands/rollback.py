"""Go back to the model that an environment served before, as Git has it.

  mlproject rollback churn --env production                 the one before; again: the one before that
  mlproject rollback churn --env production --to 6          a version that it served at some time
  mlproject rollback churn --env production --commit        as a commit, ready to be pushed

What served before was gated, soaked and approved then, so nothing of it is asked again, and a freeze does not hold it.
"""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from compiler.commands.console import Console
from compiler.commands.promoting import add_delivery, deliver

if TYPE_CHECKING:
    from compiler.diagnostics.diagnostic import Diagnostic
    from compiler.promotion.changing import Edit
    from compiler.promotion.project import Project


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("project", metavar="PROJECT", help="name of the project")
    parser.add_argument("--env", required=True, metavar="ENV", help="environment that shall go back")
    parser.add_argument("--to", metavar="VERSION", help="version to go back to (default: the one before)")
    add_delivery(parser)


def run(options: Namespace, console: Console) -> int:
    """Roll back, or say why not."""
    def make(project: "Project") -> "tuple[Edit | None, tuple[Diagnostic, ...]]":
        from compiler.promotion.project import no_environment
        from compiler.promotion.promoting import Surroundings
        from compiler.promotion.returning import rollback

        if project.within(options.env) is None:
            return None, (no_environment(project, options.env),)
        return rollback(project, options.env, options.to, Surroundings(console.now, console.variables))

    return deliver(options, console, f"rollback/{options.project}/{options.env}", make)
