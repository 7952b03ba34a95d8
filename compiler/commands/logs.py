"""Print the logs of a run.

  mlproject logs RUN                 every step, in the order in which they began
  mlproject logs RUN train           one step, all of its attempts
  mlproject logs RUN train --follow  until it ends
"""

import os
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from compiler.commands.console import OK, USAGE, Console
from compiler.root import find_root

if TYPE_CHECKING:
    from compiler.local.engine.nodes import Node
    from compiler.local.machine.run_folder import RunFolder


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("run", metavar="RUN", help="name or folder of a run")
    parser.add_argument("step", nargs="?", metavar="STEP", help="a step; all of them when left out")
    parser.add_argument("--follow", action="store_true", help="go on until the run ends")
    parser.add_argument("--runs", metavar="DIR", help="folder of the runs (default: runs/ of the repository)")


def run(options: Namespace, console: Console) -> int:
    """Print the logs."""
    from compiler.local.machine.following import follow
    from compiler.local.machine.run_folder import RUN, RunFolder

    folder = next((RunFolder(path) for path in (
        options.run, os.path.join(options.runs or os.path.join(find_root("."), "runs"), options.run))
        if os.path.isfile(os.path.join(path, RUN))), None)
    if folder is None:
        console.say(f"mlproject: there is no run {options.run}\n  help: see `mlproject runs`\n")
        return USAGE
    if options.step and not options.follow and not _nodes(folder, options.step):
        names = ", ".join(dict.fromkeys(node.display_name for node in _nodes(folder, None)))
        console.say(f"mlproject: {folder.name} has no step `{options.step}`, expected one of {names or 'none'}\n")
        return USAGE
    follow(lambda: [(node.display_name, folder.log(node)) for node in _nodes(folder, options.step)],
           lambda: not options.follow or folder.status().get("phase", "Running") not in ("Running", "Pending"),
           console.out)
    return OK


def _nodes(folder: "RunFolder", step: str | None) -> "list[Node]":
    """Return the pods of a step, or of all steps, in the order in which they began."""
    from compiler.local.engine.nodes import POD

    pods = [node for node in folder.nodes().values() if node.type == POD and not node.is_cached]
    wanted = [node for node in pods if step is None or node.display_name.partition("(")[0] == step
              or node.display_name == step]
    return sorted(wanted, key=lambda node: (node.started, node.name))
