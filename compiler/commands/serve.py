"""Serve a model on this machine: the model server that the manifests start, on the same model.

  mlproject serve specs/churn --env staging                   the model that the lock pins
  mlproject serve --model churn=runs/x/bundle --trust key.pem  a folder

The server takes a model only if its digest is the pinned one and a trusted key signed it. The public keys of
keys/*.pem are trusted, and those given.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from typing import NoReturn

from compiler.commands.console import USAGE, Console


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("spec", nargs="?", metavar="SPEC", help="spec file or folder")
    parser.add_argument("--env", default="dev", metavar="NAME", help="environment whose model is served (default: dev)")
    parser.add_argument("--model", action="append", default=[], metavar="NAME[:VERSION]=FOLDER",
                        help="a folder instead (repeatable)")
    parser.add_argument("--trust", action="append", default=[], metavar="PEM",
                        help="public key that is trusted, or a folder of them (default: keys/ of the repository)")
    parser.add_argument("--digest", metavar="DIGEST", help="the digest that the one folder must have")
    parser.add_argument("--port", default="8080", metavar="PORT", help="where REST listens (default: 8080)")
    parser.add_argument("--grpc-port", metavar="PORT", help="where gRPC listens (default: nowhere)")
    parser.add_argument("--unsigned", action="store_true", help="take a model without a signature too")


def run(options: Namespace, console: Console) -> int:
    """Become the server."""
    from compiler.promotion.signature import trusted_keys
    from compiler.root import find_root

    if (options.spec is None) == (not options.model):
        return _wrong(console, "name either a spec, or folders with --model")
    models, digest = list(options.model), options.digest
    root = os.path.abspath(find_root(options.spec or "."))
    if options.spec is not None:
        found = _pinned(options, root, console)
        if found is None:
            return USAGE
        models, digest = [found[0]], found[1]
    line = [sys.executable, "-m", "runtime", "serve", "--host", "127.0.0.1", "--linger-seconds", "0",
            "--port", options.port]
    for flag, values in (("--model", models), ("--trust", trusted_keys(root, options.trust)),
                         ("--digest", [digest] if digest else []),
                         ("--grpc-port", [options.grpc_port] if options.grpc_port else [])):
        line += [word for value in values for word in (flag, value)]
    return _become([*line, *(["--unsigned"] if options.unsigned else [])], console.variables)


def _become(line: list[str], variables: Mapping[str, str]) -> NoReturn:
    os.execve(line[0], line, dict(variables))


def _pinned(options: Namespace, root: str, console: Console) -> tuple[str, str] | None:
    """Return NAME:VERSION=FOLDER and the digest of the model that the lock pins; None after saying what is missing."""
    from compiler.commands.selecting import report
    from compiler.driver import Request, is_blocked, read_projects
    from compiler.local.machine.session import STAND_INS, stand_ins_at
    from compiler.local.stand_ins import StandInError
    from compiler.registry import discover
    from compiler.repository import find_specs
    from runtime.contract import stand_in

    specs, faults = find_specs([options.spec])
    request = Request(specs, root, frozenset({options.env}))
    result = read_projects(request, discover())
    said = (*faults, *result.diagnostics)
    if is_blocked(said, request):
        report(console, said, result.sources, "text")
        return None
    models = [(project.name, project.model) for project in result.projects if project.model is not None]
    if len(models) != 1:
        _wrong(console, f"{len(models)} models are pinned in environment `{options.env[:40]}`, expected one",
               "see `mlproject promote`")
        return None
    name, model = models[0]
    try:
        folder = stand_in(model["uri"], stand_ins_at(root).locations)
    except StandInError as failure:
        _wrong(console, f"{STAND_INS}: {failure}", "see docs/local.md")
        return None
    return f"{name}:{model['version']}={folder}", model["digest"]


def _wrong(console: Console, message: str, help: str = "see `mlproject serve --help`") -> int:
    console.say(f"mlproject: {message}\n  help: {help}\n")
    return USAGE
