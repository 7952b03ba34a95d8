"""The fewest replicas are not more than the most.

    scaling: {minimum: 5, maximum: 2}    # wrong
    scaling: {minimum: 2, maximum: 5}    # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "quantities/replicas"


def replicas(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield a minimum over the maximum, and a target that no load reaches."""
    scaling = project.spec["deployment"]["scaling"]
    if scaling["minimum"] > scaling["maximum"]:
        yield error(CODE, f"minimum {scaling['minimum']} is over maximum {scaling['maximum']}",
                    at=("deployment", "scaling", "minimum"), help="raise the maximum or lower the minimum")
    target = scaling["target"]
    if target["value"] <= 0 or (target["metric"] in ("cpu", "memory") and target["value"] > 100):
        yield error(CODE, f"a target of {target['value']} {target['metric']} is impossible",
                    at=("deployment", "scaling", "target", "value"),
                    help="cpu and memory are percentages of the request; concurrency and rps are above 0")


CHECK = Check(CODE, replicas)
