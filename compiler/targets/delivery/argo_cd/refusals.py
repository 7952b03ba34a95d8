"""Delivery that would reach further than one repository, one cluster, one namespace."""

import re
from collections.abc import Iterator

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.plan import Delivery
from compiler.targets.interface import unsupported

_TOOL = "argo-cd"
# What may follow each way to start; only the one that is met is compiled.
_REPOSITORIES = {
    "https://": r"[A-Za-z0-9.-]+(:[0-9]+)?/[A-Za-z0-9._~/%-]+",
    "ssh://": r"(git@)?[A-Za-z0-9.-]+(:[0-9]+)?/[A-Za-z0-9._~/-]+",
    "git@": r"[A-Za-z0-9._-]+:[A-Za-z0-9._~/-]+",
    "file:///": r"[A-Za-z0-9._~/-]+",
}
_REVISION = r"[A-Za-z0-9][A-Za-z0-9._/-]*"
_SERVER = r"https://[A-Za-z0-9._-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?"


def refusals(delivery: Delivery) -> Iterator[Diagnostic]:
    """Yield what an AppProject must not hold: in it, a star stands for every repository or cluster."""
    if not _is_clone_address(delivery.repository):
        yield unsupported(_TOOL, "a repository that is no clone address", at=delivery.origin,
                          help="write one https:// or ssh:// address, without wildcards, user or password")
    if not re.fullmatch(_REVISION, delivery.revision):
        yield unsupported(_TOOL, "a revision that is no branch, tag or commit", at=delivery.origin)
    if not re.fullmatch(_SERVER, delivery.server):
        yield unsupported(_TOOL, "a cluster that is no API server address", at=delivery.origin,
                          help="write one https:// address, without wildcards")


def _is_clone_address(text: str) -> bool:
    return any(text.startswith(start) and re.fullmatch(rest, text.removeprefix(start))
               for start, rest in _REPOSITORIES.items())
