"""An alert that retrains is allowed to by the training triggers.

    alerts: {rules: [{on: drift.data, severity: warning, then: retrain}]}
    training: {triggers: {on_drift: false}}    # wrong
    training: {triggers: {on_drift: true}}     # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, Related, error
from compiler.spec.resolved import ResolvedProject

CODE = "alerts/retrain"


def retrain(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield alerts that would start a training which nothing may start."""
    training = project.spec["training"]
    is_started = training["enabled"] and training["triggers"]["on_drift"]
    if is_started or not project.spec["alerts"]["enabled"]:
        return
    for index, rule in enumerate(project.spec["alerts"]["rules"]):
        if rule.get("then") == "retrain":
            yield error(CODE, f"the alert on `{rule['on']}` retrains, and training does not start on drift",
                        at=("alerts", "rules", index, "then"), help="set training.triggers.on_drift: true",
                        related=(Related("the triggers", ("training", "triggers", "on_drift")),))


CHECK = Check(CODE, retrain)
