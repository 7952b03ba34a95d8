"""A supervised task needs a target.

Classification, regression and ranking learn to predict a column; only anomaly detection does without.

    training: {task: classification}   # wrong, when data has no target
    data: {target: label}              # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "references/target-needed"


def target_needed(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield the missing target of a supervised task."""
    task = project.spec["training"]["task"]
    if project.spec["training"]["enabled"] and task != "anomaly-detection" and "target" not in project.spec["data"]:
        yield error(CODE, f"`target` is missing, and {task} needs one", at=("data", "target"),
                    help="name the column to predict, or set training.task: anomaly-detection")


CHECK = Check(CODE, target_needed)
