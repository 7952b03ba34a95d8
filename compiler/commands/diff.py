"""Say what a sync of generated/ would change in a cluster, field by field; nothing is stored there.

  mlproject diff --live staging                      every project of the environment
  mlproject diff --live specs/fraud/mlproject.yaml --env staging

Each object is applied as a dry run, as Argo CD would apply it, with your kubeconfig. Exit 3 when anything differs.
"""

import os
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from compiler.commands.console import ENVIRONMENT, OK, OUT_OF_DATE, REFUSED, USAGE, Console

if TYPE_CHECKING:
    from compiler.live.diffing import Difference

NOT_APPLIED = "delivery.yaml"
"""Applied beside Argo CD, which may be another cluster."""


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("what", metavar="SPEC|ENV", help="a spec, or the name of an environment")
    parser.add_argument("--live", action="store_true", required=True, help="compare with a cluster")
    parser.add_argument("--env", metavar="NAME", help="the environment, where a spec is given")
    parser.add_argument("--kubeconfig", metavar="FILE", help="how to reach the cluster (default: as kubectl)")
    parser.add_argument("--context", metavar="NAME", help="context of the kubeconfig (default: the current one)")
    parser.add_argument("--root", metavar="DIR", help="root of the repository (default: found from here)")


def run(options: Namespace, console: Console) -> int:
    """Compare, print, and return the exit code."""
    from compiler.live.diffing import Cluster
    from compiler.live.interface import LiveError

    folders = _folders(options)
    bodies = [body for folder in folders for body in bodies_of(folder, console)]
    if not bodies:
        console.say(f"mlproject: nothing is generated for `{options.what}`\n  help: name an environment below "
                    "generated/, or a spec and --env, and compile first\n")
        return USAGE
    try:
        cluster = Cluster(options.kubeconfig or console.variables.get("KUBECONFIG"), options.context)
        found = list(cluster.differences(bodies))
    except LiveError as failure:
        console.say(f"mlproject: {failure}\n  help: {failure.help}\n")
        return ENVIRONMENT
    return _report(found, console)


def _folders(options: Namespace) -> list[str]:
    from compiler.root import find_root

    root = os.path.abspath(options.root) if options.root else find_root(".")
    generated = os.path.join(root, "generated")
    if os.path.sep not in options.what and not options.what.endswith((".yaml", ".yml")):
        environment = os.path.join(generated, options.what)
        names = sorted(os.listdir(environment)) if os.path.isdir(environment) else []
        return [os.path.join(environment, name) for name in names]
    project = os.path.basename(os.path.dirname(os.path.abspath(options.what)))
    return [os.path.join(generated, options.env or "", project)]


def bodies_of(folder: str, console: Console) -> list[dict[str, Any]]:
    """Return the committed objects of a project in one environment, its Application apart."""
    from compiler.commands.manifests import read_manifest_files
    from compiler.diagnostics.diagnostic import Diagnostic
    from compiler.policy.foreign import read_manifests

    names = sorted(name for name in os.listdir(folder) if name.endswith(".yaml") and name != NOT_APPLIED) \
        if os.path.isdir(folder) else []
    files, _ = read_manifest_files([os.path.join(folder, name) for name in names], console)
    read = [manifest for file, content in files.items() for manifest in read_manifests(content, file)]
    return [dict(manifest.body) for manifest in read if not isinstance(manifest, Diagnostic)]


def _report(found: "list[Difference]", console: Console) -> int:
    from compiler.diagnostics.visible import visible

    for one in found:
        if one.state != "unchanged":
            console.out(f"{one.state} {visible(one.title)}{': ' + visible(one.reason) if one.reason else ''}\n")
        for field in one.fields:
            console.out(f"  {field.words}\n")
    counts = {state: sum(one.state == state for one in found) for state in ("add", "change", "unchanged", "refused")}
    console.say(", ".join(f"{count} {state}" for state, count in counts.items()) + "\n")
    if counts["refused"]:
        return REFUSED
    return OUT_OF_DATE if counts["add"] or counts["change"] else OK
