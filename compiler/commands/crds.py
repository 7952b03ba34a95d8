"""Import the custom resource definitions that your cluster serves, to check every manifest against them.

  mlproject crds import crds/*.yaml
  kubectl get crds -o yaml | mlproject crds import -
"""

import os
from argparse import ArgumentParser, Namespace

from compiler.commands.console import OK, REFUSED, Console
from compiler.root import find_root


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=("import",))
    parser.add_argument("paths", nargs="+", metavar="FILE", help="files or folders of definitions, or -")
    parser.add_argument("--root", metavar="DIR", help="root of the repository (default: found from here)")


def run(options: Namespace, console: Console) -> int:
    """Import, and say which kinds are known now."""
    from compiler.commands.selecting import report
    from compiler.crds.importing import import_crds
    from compiler.diagnostics.diagnostic import has_errors

    root = os.path.abspath(options.root) if options.root else find_root(".")
    given = console.standard_input() if "-" in options.paths else b""
    imported = import_crds(options.paths, root, standard_input=given)
    report(console, imported.diagnostics, {}, "text")
    if has_errors(imported.diagnostics):
        return REFUSED
    for kind in imported.kinds:
        console.out(f"{kind}\n")
    console.say(f"imported {len(imported.kinds)} kinds: {len(imported.written)} files written, "
                f"{len(imported.removed)} removed\n")
    return OK
