"""In production every gate is on, and there is one.

A gate that is off is a threshold that was agreed on and is not kept.

    {kind: metric, metric: roc_auc, minimum: 0.9, mode: off}    # wrong in production
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "production/gates-on"
GATES = ("validation", "gates")


def gates_on(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield production gates that are off, and a production without gates."""
    if not project.is_production or not project.spec["training"]["enabled"]:
        return
    gates = project.spec["validation"]["gates"]
    if not any(gate.get("mode", "block") == "block" for gate in gates):
        yield error(CODE, "no gate blocks a bad model from production", at=GATES,
                    help="add a gate with mode: block, such as {kind: metric, metric: ..., minimum: ...}")
    for index, gate in enumerate(gates):
        if gate.get("mode") == "off":
            yield error(CODE, "this gate is off, and production has no gates that are off", at=(*GATES, index, "mode"),
                        help="set mode: warn or block, or remove the gate in every environment")


CHECK = Check(CODE, gates_on)
