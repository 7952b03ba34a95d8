"""There is one objective of each name.

Alerts and rollouts find an objective by its name; of two, nobody knows which one holds.
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "monitoring/unique-objective"


def unique_objective(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield second objectives of a name."""
    seen: set[str] = set()
    for index, slo in enumerate(project.spec["monitoring"]["slos"]):
        if slo["name"] in seen:
            yield error(CODE, f"a second objective is called `{slo['name']}`",
                        at=("monitoring", "slos", index, "name"), help="keep the one that is meant")
        seen.add(slo["name"])


CHECK = Check(CODE, unique_objective)
