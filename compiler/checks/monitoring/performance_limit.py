"""A performance monitor has a limit that can be crossed.

    {metric: recall, labels_after: 14d}                   # wrong: nothing is ever bad
    {metric: recall, minimum: 0.8, labels_after: 14d}     # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "monitoring/performance-limit"


def performance_limit(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield performance monitors without a limit, or with an empty range."""
    for index, monitor in enumerate(project.spec["monitoring"]["performance"]):
        at = ("monitoring", "performance", index)
        if "minimum" not in monitor and "maximum" not in monitor:
            yield error(CODE, f"`{monitor['metric']}` has neither a minimum nor a maximum", at=at,
                        help="say from which value on someone should be told")
        elif monitor.get("minimum", float("-inf")) > monitor.get("maximum", float("inf")):
            yield error(CODE, f"minimum {monitor['minimum']} is over maximum {monitor['maximum']}",
                        at=(*at, "minimum"))


CHECK = Check(CODE, performance_limit)
