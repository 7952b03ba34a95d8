"""Environments promote from one another in a chain that starts somewhere.

    environments: {staging: {promotes_from: production}, production: {promotes_from: staging}}    # wrong
    environments: {staging: {}, production: {promotes_from: staging}}                             # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.diagnostics.suggest import suggest
from compiler.spec.resolved import ResolvedProject

CODE = "promotion/chain"
AT = ("environment", "promotes_from")


def chain(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield a promotion from nowhere, and one that goes round."""
    source = project.spec["environment"].get("promotes_from")
    if source is None:
        return
    if source not in project.environments:
        meant = suggest(source, tuple(project.environments))
        yield error(CODE, f"there is no environment `{source}` to promote from", at=AT,
                    help=f"did you mean `{meant}`?" if meant else "name an environment of this spec")
        return
    passed = [project.environment]
    while source is not None and source not in passed:
        passed.append(source)
        source = project.environments.get(source, {}).get("promotes_from")
    if source == project.environment:
        yield error(CODE, f"promotion goes round: {' <- '.join((*passed, source))}", at=AT,
                    help="let one of them promote from nowhere")


CHECK = Check(CODE, chain)
