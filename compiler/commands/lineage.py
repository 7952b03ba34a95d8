"""Say where a registered model came from: commit, data, parameters, gates, signature. The registry alone answers.

  mlproject lineage dev-churn@champion                 the registry that a spec of this repository names
  mlproject lineage churn/7 --registry http://mlflow:5000 --format json

What stands for the registry on this machine is in specs/local.yaml.
"""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from compiler.commands.console import USAGE, Console


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("model", metavar="MODEL@ALIAS", help="a registered model and an alias, or MODEL/VERSION")
    parser.add_argument("--registry", metavar="URI", help="tracking server or sqlite:///FILE (default: what specs say)")
    parser.add_argument("--format", default="text", choices=("text", "json"), help="default: text")


def run(options: Namespace, console: Console) -> int:
    """Ask the registry, in a process that has its client, and print what it says."""
    from compiler.local.machine.session import STAND_INS, stand_ins_at
    from compiler.local.stand_ins import StandInError
    from compiler.root import find_root
    from runtime.contract import LINEAGE_PROGRAM, LOCATIONS_VARIABLE

    if not _name_of(options.model):
        console.say(f"mlproject: `{options.model[:80]}` is neither MODEL@ALIAS nor MODEL/VERSION\n"
                    "  help: mlproject lineage dev-churn@champion\n")
        return USAGE
    root = find_root(".")
    registries = [options.registry] if options.registry else sorted(_registries(root, _name_of(options.model)))
    if len(registries) != 1:
        return _unknown(options.model, registries, console)
    try:
        variables = {LOCATIONS_VARIABLE: json.dumps(stand_ins_at(root).locations), **console.variables}
    except StandInError as failure:
        console.say(f"mlproject: {STAND_INS}: {failure}\n  help: see docs/local.md\n")
        return USAGE
    # -P: the folder that we are in is a repository that anyone may have written to.
    command = [sys.executable, "-P", "-m", "runtime", LINEAGE_PROGRAM, f"--registry={registries[0]}",
               f"--format={options.format}", "--", options.model]
    finished = subprocess.run(command, capture_output=True, check=False, env=variables, encoding="utf-8",
                              errors="replace")
    console.out(finished.stdout)
    console.say(finished.stderr)
    return finished.returncode


def _name_of(model: str) -> str:
    return model.partition("@")[0] if "@" in model else model.rpartition("/")[0]


def _registries(root: str, name: str) -> Iterator[str]:
    """Yield the registry of each project and environment that registers under name."""
    from compiler.driver import Request, read_projects
    from compiler.kinds.registering import lower_registry
    from compiler.registry import discover
    from compiler.repository import find_specs
    from compiler.root import SPECS

    specs, _ = find_specs([os.path.join(root, SPECS)])
    registry = discover()
    found = {settings["uri"] for project in read_projects(Request(specs, root), registry).projects
             if (settings := lower_registry(project, registry.find))["name"] == name}
    yield from found


def _unknown(model: str, registries: list[str], console: Console) -> int:
    if registries:
        console.say(f"mlproject: `{model[:80]}` is in {len(registries)} registries\n"
                    f"  help: name one of them: --registry {' or '.join(registries)}\n")
    else:
        console.say(f"mlproject: no spec of this repository registers `{_name_of(model)[:80]}`\n"
                    "  help: development registers as dev-NAME; else name the registry with --registry\n")
    return USAGE
