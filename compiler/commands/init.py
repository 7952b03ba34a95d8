"""Create a project from a starter, or lay out a whole GitOps repository. Nothing that exists is overwritten.

  mlproject init --repository .
  mlproject init churn --team growth --starter classification
"""

import os
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping

from compiler.commands.console import OK, USAGE, Console
from compiler.starters.layout import STARTERS, project_files, repository_files

_LABEL = re.compile(r"[a-z]([-a-z0-9]{0,38}[a-z0-9])?")


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", nargs="?", help="name of the project: a DNS-1035 label of at most 40 characters")
    parser.add_argument("--team", default="my-team", help="the owning team (default: my-team)")
    parser.add_argument("--starter", default="classification", choices=STARTERS, help="default: classification")
    parser.add_argument("--repository", metavar="DIR", help="lay out a new repository in this folder")


def run(options: Namespace, console: Console) -> int:
    """Write the files, and say what to do next."""
    for word in filter(None, (options.name, options.team)):
        if _LABEL.fullmatch(word) is None:
            console.say(f"mlproject: `{word[:60]}` is no DNS-1035 label of at most 40 characters\n"
                        "  help: lowercase letters, digits and `-`, a letter first\n")
            return USAGE
    if options.name is None and options.repository is None:
        console.say("mlproject: name a project, or give --repository DIR\n  help: mlproject init churn --team growth\n")
        return USAGE
    root = options.repository or "."
    files = {**(repository_files() if options.repository else {}), **_schema_files(root)}
    if options.name:
        files |= project_files(options.name, options.team, options.starter)
    return _write(root, files, console)


def _schema_files(root: str) -> Mapping[str, str]:
    """Return the schema that the starters point their editor to, unless it is there."""
    path = "specs/schema/mlproject.schema.json"
    if os.path.exists(os.path.join(root, path)):
        return {}
    import json

    from compiler.export import json_schema
    from compiler.registry import discover

    registry = discover()
    return {path: json.dumps(json_schema(registry.find, registry.names), indent=1, ensure_ascii=False) + "\n"}


def _write(root: str, files: Mapping[str, str], console: Console) -> int:
    taken = [path for path in files if path.endswith("mlproject.yaml") and path.startswith("specs/")
             and os.path.lexists(os.path.join(root, path))]
    if taken:
        console.say(f"mlproject: {taken[0]} exists\n  help: choose another name, or edit it\n")
        return USAGE
    for path, text in sorted(files.items()):
        target = os.path.join(root, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        try:
            with open(target, "x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            console.out(f"kept     {target}\n")
            continue
        console.out(f"created  {target}\n")
    console.out("next: mlproject compile\n")
    return OK
