"""List the runs of this machine, newest first.

  mlproject runs                 all of them
  mlproject runs --format json   for machines
"""

import json
import os
from argparse import ArgumentParser, Namespace
from typing import Any

from compiler.commands.console import OK, Console
from compiler.root import find_root

_COLUMNS = ("name", "spec", "environment", "phase", "duration")


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--runs", metavar="DIR", help="folder of the runs (default: runs/ of the repository)")
    parser.add_argument("--format", default="text", choices=("text", "json"), help="default: text")


def run(options: Namespace, console: Console) -> int:
    """Print the list."""
    from compiler.local.machine.run_folder import runs_in

    folder = options.runs or os.path.join(find_root("."), "runs")
    found = [_row(one.name, one.about(), one.status()) for one in runs_in(folder)]
    if options.format == "json":
        console.out(json.dumps(found, indent=1) + "\n")
    elif found:
        lines = [_COLUMNS, *(tuple(str(row[column]) for column in _COLUMNS) for row in found)]
        widths = [max(len(line[index]) for line in lines) for index in range(len(_COLUMNS))]
        console.out("".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
                            + "\n" for line in lines))
    else:
        console.say(f"no runs in {os.path.relpath(folder)}; `mlproject run SPEC` makes one\n")
    return OK


def _row(name: str, about: dict[str, Any], status: dict[str, Any]) -> dict[str, Any]:
    from compiler.local.engine.nodes import seconds

    duration = ""
    if "finishedAt" in status:
        duration = f"{seconds(status['finishedAt']) - seconds(status['startedAt']):.1f} s"
    return {"name": name, "spec": about["spec"], "environment": about["environment"],
            "phase": status.get("phase", "Pending"), "duration": duration}
