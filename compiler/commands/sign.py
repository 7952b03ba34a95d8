"""Sign what is below generated/: a statement with the digest of every index, and a signature by ssh-keygen over it.

  mlproject sign --key ~/.ssh/id_ed25519          writes provenance.json and provenance.json.sig

Nothing is signed that `mlproject verify` refuses. A job on the protected branch is the one that should.
"""

import os
from argparse import ArgumentParser, Namespace

from compiler.commands.console import ENVIRONMENT, OK, Console
from compiler.commands.verify import STATEMENT


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--root", metavar="DIR", help="root of the repository (default: found from here)")
    parser.add_argument("--key", required=True, metavar="FILE",
                        help="private key of OpenSSH, or the public half of one that an agent holds")
    parser.add_argument("--out", metavar="FILE",
                        help=f"where the statement goes (default: {STATEMENT} of the repository)")


def run(options: Namespace, console: Console) -> int:
    """Verify, sign, write, and return the exit code."""
    from compiler.commands.selecting import exit_code_of, report
    from compiler.commands.verifying import integrity
    from compiler.diagnostics.diagnostic import has_errors
    from compiler.provenance.signing import SigningError, sign
    from compiler.provenance.statement import statement_of
    from compiler.root import find_root

    root = os.path.abspath(options.root) if options.root else find_root(".")
    tree, found, sources = integrity(root, console)
    if has_errors(found):
        report(console, found, sources, "text")
        console.say("nothing was signed\n")
        return exit_code_of(found)
    content = statement_of(tree)
    try:
        signature = sign(content, options.key)
    except SigningError as failure:
        console.say(f"mlproject: {failure}\n")
        return ENVIRONMENT
    place = options.out or os.path.join(root, STATEMENT)
    for path, data in ((place, content), (f"{place}.sig", signature)):
        with open(path, "wb") as file:
            file.write(data)
    console.say(f"signed {len(tree.digests)} folders: {os.path.relpath(place)}, {os.path.relpath(place)}.sig\n")
    return OK
