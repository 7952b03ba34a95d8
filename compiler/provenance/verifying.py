"""Everything that is verified of generated/: the files, what they come from, and who signed."""

import os
from collections.abc import Iterator

from compiler import __version__
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.driver import Report, Request, compile_specs, is_blocked
from compiler.emit.compare import compare
from compiler.emit.place_error import finding
from compiler.policy.interface import Judge
from compiler.provenance import codes
from compiler.provenance.signing import SigningError, verify
from compiler.provenance.statement import statement_of
from compiler.provenance.tree import Tree
from compiler.records import NamedTuple
from compiler.registry import Registry
from compiler.repository import GENERATED


class Signed(NamedTuple):
    """A statement, the file of its signature, who may sign, and who must have."""

    statement: str
    signature: str
    allowed_signers: str
    identity: str


def recompiled(root: str, tree: Tree, request: Request, registry: Registry, judge: Judge) -> Report:
    """Compile every spec, write nothing, and report each byte below generated/ that is another one."""
    others = [version for version in tree.compilers if version != __version__]
    if others:
        return Report((finding(codes.COMPILER, f"this was made by version {others[0]} of the compiler, this is "
                               f"{__version__}", GENERATED, help=f"verify with version {others[0]}, or compile anew "
                               "and review the difference"),), {})
    report = compile_specs(request, registry, judge)
    if is_blocked(report.diagnostics, request):
        return report
    comparison = compare(os.path.join(root, GENERATED), report.folders, wanted=frozenset(report.folders))
    stale = tuple(finding(codes.STALE, "this is not what the specs compile to",
                          f"{GENERATED}/{change.folder}/{change.path}",
                          help="run `mlproject compile` and review the difference") for change in comparison.changes)
    return Report((*comparison.diagnostics, *stale), report.sources)


def signed(tree: Tree, said: Signed) -> Iterator[Diagnostic]:
    """Yield why the statement does not vouch for a generated folder."""
    try:
        with open(said.statement, "rb") as file:
            content = file.read()
    except OSError as failure:
        yield finding(codes.STATEMENT, f"it cannot be read: {(failure.strerror or '').lower()}", said.statement,
                      help="make it with `mlproject sign`, or name it with --statement")
        return
    if content != statement_of(tree):
        yield finding(codes.STATEMENT, "this is not the statement about these files", said.statement,
                      help="sign what is there now, after it was reviewed: `mlproject sign`")
    try:
        verify(content, said.signature, allowed_signers=said.allowed_signers, identity=said.identity)
    except SigningError as failure:
        yield finding(codes.SIGNATURE, str(failure), said.signature,
                      help="nothing here is known to come from where it should: do not apply it")
