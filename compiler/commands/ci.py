"""Write the file with which your CI system checks every pull request, or say whether it is up to date.

  mlproject ci --write      where the CI system reads it
  mlproject ci --check      exit 3 when it is not what this version would write
  mlproject ci              print it

The system is `platform.ci` of specs/defaults.yaml. Those that install the tool with pip want its lock, with hashes,
at requirements/mlproject.lock; the others run in `training.image`, which carries both programs.
"""

import os
from argparse import ArgumentParser, Namespace
from typing import Any

from compiler.commands.console import OK, OUT_OF_DATE, USAGE, Console

HEADER = "Written by `mlproject ci --write` for `platform.ci` of specs/defaults.yaml."


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    doing = parser.add_mutually_exclusive_group()
    doing.add_argument("--write", action="store_true", help="write the file")
    doing.add_argument("--check", action="store_true", help="exit 3 when the file is out of date")
    parser.add_argument("--root", metavar="DIR", help="root of the repository (default: found from here)")


def run(options: Namespace, console: Console) -> int:
    """Print, write or compare."""
    from compiler.ci import HOSTS, kit_of
    from compiler.commands.selecting import exit_code_of, report
    from compiler.diagnostics.diagnostic import has_errors
    from compiler.repository import load
    from compiler.root import find_root

    root = os.path.abspath(options.root) if options.root else find_root(".")
    loaded = load((), root)
    report(console, loaded.diagnostics, loaded.sources, "text")
    if has_errors(loaded.diagnostics):
        return exit_code_of(loaded.diagnostics)
    defaults = loaded.organisation.data if loaded.organisation else {}
    host, image = _at(defaults, "platform", "ci"), _at(defaults, "training", "image")
    if host not in HOSTS or not isinstance(image, str):
        return _refuse(console, HOSTS)
    kit = kit_of(host)
    return _deliver(options, console, os.path.join(root, kit.path), _text(kit, image))


def _refuse(console: Console, hosts: tuple[str, ...]) -> int:
    console.say("mlproject: specs/defaults.yaml does not say which CI system the organisation has\n  help: set "
                f"`defaults.platform.ci` to one of {', '.join(hosts)}, and `defaults.training.image`\n")
    return USAGE


def _at(defaults: Any, *path: str) -> Any:
    value = defaults
    for key in ("defaults", *path):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _text(kit: Any, image: str) -> str:
    from compiler.emit.yaml_writer import to_yaml

    body = kit.render(image)
    return f"{kit.comment} {HEADER}\n" + (body if isinstance(body, str) else to_yaml(body))


def _deliver(options: Namespace, console: Console, path: str, text: str) -> int:
    if options.check:
        if _content(path) == text:
            return OK
        console.say(f"{os.path.relpath(path)} is out of date\n  help: run `mlproject ci --write`\n")
        return OUT_OF_DATE
    if not options.write:
        console.out(text)
        return OK
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    console.say(f"wrote {os.path.relpath(path)}\n")
    return OK


def _content(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return None
