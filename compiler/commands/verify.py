"""Verify generated/: its files against their indexes, both against a new compile, and a signature over all of it.

  mlproject verify
  mlproject verify --allowed-signers signers --identity ci@example.org      and who signed the statement

Without the last two, nothing is said about who made it. Take the allowed signers from the protected branch.
"""

import os
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from compiler.commands.console import OK, REFUSED, USAGE, Console

if TYPE_CHECKING:
    from compiler.commands.verifying import Verified

STATEMENT = "provenance.json"


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--root", metavar="DIR", help="root of the repository (default: found from here)")
    parser.add_argument("--statement", metavar="FILE", help=f"what was signed (default: {STATEMENT} of the repository)")
    parser.add_argument("--signature", metavar="FILE", help="its signature (default: the statement's name and .sig)")
    parser.add_argument("--allowed-signers", metavar="FILE", help="who may sign, as ssh-keygen(1) has it")
    parser.add_argument("--identity", metavar="WHO", help="who must have signed: one of the allowed signers")
    parser.add_argument("--format", default="text", choices=("text", "json", "sarif", "junit", "github"),
                        help="format of the diagnostics (default: text)")


def run(options: Namespace, console: Console) -> int:
    """Verify, print what was found, and return the exit code."""
    wants_signature = bool(options.allowed_signers or options.identity or options.signature)
    if wants_signature and not (options.allowed_signers and options.identity):
        console.say("mlproject: a signature is of somebody\n  help: give --allowed-signers FILE and --identity WHO\n")
        return USAGE
    from compiler.commands.verifying import integrity
    from compiler.root import find_root

    root = os.path.abspath(options.root) if options.root else find_root(".")
    verified = integrity(root, console)
    if wants_signature:
        from compiler.provenance.verifying import Signed, signed

        statement = options.statement or os.path.join(root, STATEMENT)
        said = Signed(statement, options.signature or f"{statement}.sig", options.allowed_signers, options.identity)
        verified = verified._replace(diagnostics=(*verified.diagnostics, *signed(verified.tree, said)))
    return _finish(options, console, verified)


def _finish(options: Namespace, console: Console, verified: "Verified") -> int:
    from compiler.commands.selecting import counted, exit_code_of, report, tally
    from compiler.diagnostics.diagnostic import has_errors

    tree, found, sources = verified
    report(console, found, sources, options.format)
    if has_errors(found):
        console.say(f"{tally(found)}: do not apply this\n")
        code = exit_code_of(found)
        return code if code != OK else REFUSED
    files = sum(len(index.files) for index in tree.indexes.values())
    by = f"signed by {options.identity}" if options.identity else "not signed: who made them is not known"
    console.say(f"{counted(files, 'file')} in {counted(len(tree.indexes), 'folder')} are what the specs compile to; "
                f"{by}\n")
    return OK
