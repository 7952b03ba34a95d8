"""An environment's name is a short DNS-1035 label, and `repository` is taken.

The name becomes a folder of `generated/`, a label and part of the namespace.

    environments: {Prod_EU: {}}    # wrong
    environments: {prod-eu: {}}    # right
"""

import re
from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "names/environment"
_NAME = re.compile(r"[a-z]([-a-z0-9]{0,28}[a-z0-9])?")
TAKEN = frozenset({"repository"})


def environment(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield a name that cannot be a folder, a label and part of a namespace."""
    name = project.environment
    if _NAME.fullmatch(name) is None or name in TAKEN:
        yield error(CODE, f"`{name[:40]}` cannot be the name of an environment", at=(),
                    help="use at most 30 lowercase letters, digits and `-`, a letter first, and not `repository`"
                    )._replace(span=project.document.locate_key(("environments", name)))


CHECK = Check(CODE, environment)
