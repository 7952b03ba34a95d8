"""An environment's name is a short DNS-1035 label, and `repository` is taken.

The name becomes a folder of `generated/`, a label and part of the namespace.

    environments: {Prod_EU: {}}    # wrong
    environments: {prod-eu: {}}    # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "names/environment"
LONGEST = 30
_ALLOWED = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
TAKEN = frozenset({"repository"})


def environment(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield a name that cannot be a folder, a label and part of a namespace."""
    name = project.environment
    if not _is_label(name) or name in TAKEN:
        yield error(CODE, f"`{name[:40]}` cannot be the name of an environment", at=(),
                    help=f"use at most {LONGEST} lowercase letters, digits and `-`, a letter first, not `repository`"
                    )._replace(span=project.document.locate_key(("environments", name)))


def _is_label(name: str) -> bool:
    return 0 < len(name) <= LONGEST and _ALLOWED.issuperset(name) and name[0].isalpha() and name[-1] != "-"


CHECK = Check(CODE, environment)
