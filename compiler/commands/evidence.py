"""Pack the evidence of what an environment serves: spec, data, gates, approvals, model card, bill of materials.

  mlproject evidence churn --env production --out churn.tar       a tar archive without times: same commit, same bytes
  mlproject evidence churn --env production --out churn/          a folder
  mlproject evidence churn --env production --offline ...         without what only the registry knows
"""

import os
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from compiler.commands.console import ENVIRONMENT, OK, REFUSED, USAGE, Console

if TYPE_CHECKING:
    from compiler.provenance.evidence import Registered
    from compiler.spec.resolved import ResolvedProject


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("project", metavar="PROJECT", help="name of the project")
    parser.add_argument("--env", required=True, metavar="ENV", help="environment of the project")
    parser.add_argument("--out", required=True, metavar="FILE.tar | DIR/", help="a new archive, or a new folder")
    parser.add_argument("--registry", metavar="URI", help="registry of the model (default: that of the spec)")
    parser.add_argument("--offline", action="store_true", help="do not ask the registry; the pack says what it lacks")
    parser.add_argument("--root", metavar="DIR", help="root of the repository (default: found from here)")


def run(options: Namespace, console: Console) -> int:
    """Pack, or say what is missing."""
    if os.path.lexists(options.out):
        console.say(f"mlproject: {options.out} is there already\n  help: name a new file or folder\n")
        return USAGE
    from compiler.commands.packing import open_target
    from compiler.git.objects import Git, GitError
    from compiler.promotion.registry import RegistryError

    opened, code = open_target(options, console)
    if opened is None:
        return code
    project, target = opened
    if target.model is None:
        console.say(f"mlproject: `{target.environment}` has no model [provenance/unknown]\n"
                    f"  help: mlproject promote {target.name} --to {target.environment}\n")
        return REFUSED
    from compiler.provenance.evidence import evidence_of

    try:
        registered = None if options.offline else _registered(options, console, target)
        files = evidence_of(project, target, Git(project.root, console.variables), registered)
    except RegistryError as failure:
        console.say(f"mlproject: {failure} [provenance/unknown]\n  help: name the registry with --registry, or "
                    "leave it out with --offline\n")
        return ENVIRONMENT
    except GitError as failure:
        console.say(f"mlproject: {failure}\n  help: {failure.help or 'evidence is of what Git has'}\n")
        return ENVIRONMENT
    _write(options.out, files)
    console.say(f"{len(files)} files of evidence: {options.out}\n")
    return OK


def _registered(options: Namespace, console: Console, target: "ResolvedProject") -> "Registered":
    from compiler.promotion.registry import RegistryError, lineage, papers
    from compiler.provenance.evidence import Registered

    assert target.model is not None
    uri = options.registry or target.spec["platform"].get("mlflow", "")
    name = target.spec["model"]["registry"].get("name", target.name)
    model = f"{name}/{target.model['version']}"
    found = lineage(model, uri, console.variables)
    if found.get("digest") != target.model["digest"]:
        raise RegistryError(f"the registry's {model} has digest {found.get('digest')}, the lock pins "
                            f"{target.model['digest']}")
    return Registered(found, papers(model, uri, console.variables))


def _write(place: str, files: dict[str, bytes]) -> None:
    from compiler.provenance.evidence import packed

    if not place.endswith("/"):
        with open(place, "xb") as file:
            file.write(packed(files))
        return
    for path, content in sorted(files.items()):
        target = os.path.join(place, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "xb") as file:
            file.write(content)
