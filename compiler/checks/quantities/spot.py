"""Training on interruptible machines needs retries, and checkpoints when it is long.

A spot machine goes away at two minutes' notice; without a retry the run is lost with it.

    hardware: {spot: true}, retry: {attempts: 0}     # wrong
    hardware: {spot: true}, retry: {attempts: 2}     # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error, warning
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds

CODE = "quantities/spot"
LONG_SECONDS = 3600


def spot(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield spot training that an interruption would end."""
    training = project.spec["training"]
    if not training["hardware"]["spot"]:
        return
    if training["retry"]["attempts"] == 0:
        yield error(CODE, "spot machines and no retry: the first interruption ends the run",
                    at=("training", "retry", "attempts"), help="set training.retry.attempts to 1 or more")
    elif "checkpoint" not in training and seconds(training["timeout"]) > LONG_SECONDS:
        yield warning(CODE, "spot machines and no checkpoint: an interrupted run starts from nothing",
                      at=("training", "hardware", "spot"), help="set training.checkpoint.every")


CHECK = Check(CODE, spot)
