"""Delivery that would reach further than one repository, one cluster, one namespace."""

import re
from collections.abc import Iterator

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.plan import Delivery
from compiler.targets.interface import unsupported

_TOOL = "argo-cd"
_REPOSITORY = re.compile(
    r"https://[A-Za-z0-9.-]+(:[0-9]+)?/[A-Za-z0-9._~/%-]+"
    r"|ssh://(git@)?[A-Za-z0-9.-]+(:[0-9]+)?/[A-Za-z0-9._~/-]+"
    r"|git@[A-Za-z0-9._-]+:[A-Za-z0-9._~/-]+"
    r"|file:///[A-Za-z0-9._~/-]+", re.ASCII)
_REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*", re.ASCII)
_SERVER = re.compile(r"https://[A-Za-z0-9._-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?", re.ASCII)


def refusals(delivery: Delivery) -> Iterator[Diagnostic]:
    """Yield what an AppProject must not hold: in it, a star stands for every repository or cluster."""
    if not _REPOSITORY.fullmatch(delivery.repository):
        yield unsupported(_TOOL, "a repository that is no clone address", at=delivery.origin,
                          help="write one https:// or ssh:// address, without wildcards, user or password")
    if not _REVISION.fullmatch(delivery.revision):
        yield unsupported(_TOOL, "a revision that is no branch, tag or commit", at=delivery.origin)
    if not _SERVER.fullmatch(delivery.server):
        yield unsupported(_TOOL, "a cluster that is no API server address", at=delivery.origin,
                          help="write one https:// address, without wildcards")
