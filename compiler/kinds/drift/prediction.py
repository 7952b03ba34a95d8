"""The model's answers still look like those that it gave on held-out rows."""

from collections.abc import Iterator
from typing import Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.ir.monitors import DriftMonitor
from compiler.kinds.drift.parameters import STATISTIC, Statistic, build_monitor, check_maximum
from compiler.kinds.interface import DriftKind, Parameters
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.words import AnyNumber, Duration


class PredictionDrift(TypedDict, total=False):
    """The model's answers are measured against those on held-out rows."""

    kind: Required[Literal["prediction"]]
    """Drift of the answers."""
    statistic: Statistic
    """Distance between the two; psi unless said."""
    maximum: AnyNumber
    """Largest distance; 0.2 unless said."""
    window: Duration
    """Answers of this time are one measurement; 24h unless said."""


def lower(_project: ResolvedProject, parameters: Parameters, at: FieldPath) -> DriftMonitor:
    """Return the monitor of the answers."""
    return build_monitor(parameters, at, columns=())


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a statistic that cannot measure the answers, and an impossible limit."""
    yield from check_maximum(parameters, at)
    task = project.spec["training"]["task"]
    if parameters.get("statistic") == "chi2" and task != "classification":
        yield error(STATISTIC, f"chi2 compares classes, and the answers of {task} are numbers", at=(*at, "statistic"),
                    help="use psi or wasserstein")


KIND = DriftKind("prediction", PredictionDrift, lower, check)
