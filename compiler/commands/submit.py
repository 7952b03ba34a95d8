"""Start the pipeline of a project now, in its cluster, through Argo's server.

  mlproject submit specs/fraud/mlproject.yaml --env dev --server https://argo.example.org

What runs is the WorkflowTemplate that is synced there, not the working tree. ARGO_SERVER and ARGO_TOKEN are those
of Argo's own command.
"""

import os
from argparse import ArgumentParser, Namespace
from typing import Any

from compiler.commands.console import ENVIRONMENT, OK, USAGE, Console


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("spec", metavar="SPEC", help="the spec of the project")
    parser.add_argument("--env", required=True, metavar="NAME", help="the environment")
    parser.add_argument("--template", metavar="NAME", help="one of its WorkflowTemplates (default: the training)")
    parser.add_argument("--server", metavar="URL", help="address of Argo's server (default: ARGO_SERVER)")
    parser.add_argument("--root", metavar="DIR", help="root of the repository (default: found from the spec)")


def run(options: Namespace, console: Console) -> int:
    """Submit, print the name of the workflow, and return the exit code."""
    from compiler.live.interface import LiveError
    from compiler.live.submitting import submit

    server = options.server or _address(console.variables.get("ARGO_SERVER", ""))
    if not server:
        console.say("mlproject: which server?\n  help: give --server, or set ARGO_SERVER\n")
        return USAGE
    template = _template(options, console)
    if template is None:
        console.say(f"mlproject: no such pipeline is generated in {options.env}\n  help: compile first, or name one of "
                    "the WorkflowTemplates of pipeline.yaml with --template\n")
        return USAGE
    try:
        name = submit(template, server=server, token=console.variables.get("ARGO_TOKEN", ""))
    except LiveError as failure:
        console.say(f"mlproject: {failure}\n  help: {failure.help}\n")
        return ENVIRONMENT
    console.out(f"{template['metadata']['namespace']}/{name}\n")
    return OK


def _address(value: str) -> str:
    """Return the address of ARGO_SERVER, which names host and port without a scheme."""
    return value if not value or "://" in value else f"https://{value}"


def _template(options: Namespace, console: Console) -> "dict[str, Any] | None":
    from compiler.commands.diff import bodies_of
    from compiler.root import find_root

    root = os.path.abspath(options.root) if options.root else find_root(options.spec)
    project = os.path.basename(os.path.dirname(os.path.abspath(options.spec)))
    for body in bodies_of(os.path.join(root, "generated", options.env, project), console):
        if body["kind"] == "WorkflowTemplate" and _is_wanted(body["metadata"], options.template):
            return body
    return None


def _is_wanted(metadata: dict[str, Any], name: str | None) -> bool:
    if name:
        return bool(metadata["name"] == name)
    return bool(metadata.get("labels", {}).get("app.kubernetes.io/component") == "training")
