"""A metric survives noise and missing values."""

from collections.abc import Iterator
from typing import Annotated, Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.ir.pipeline import Gate
from compiler.kinds.gate_checks import NOTHING, check_metric
from compiler.kinds.gating import build_gate
from compiler.kinds.interface import GateKind, Parameters
from compiler.source.path import FieldPath
from compiler.spec.markers import Number
from compiler.spec.metrics import METRICS
from compiler.spec.resolved import ResolvedProject
from compiler.spec.words import Fraction, Identifier, Name

NotNegative = Annotated[int | float, Number(0)]


class RobustnessGate(TypedDict, total=False):
    """A metric survives noise and missing values in the held-out rows."""

    kind: Required[Literal["robustness"]]
    """A limit of what a metric loses on disturbed rows."""
    name: Name
    """Name of the gate in reports; made of its kind and metric unless said."""
    mode: Literal["block", "warn", "off"]
    """What a failure does: `block` (unless said) stops the model, `warn` is reported, `off` is not measured."""
    metric: Required[Identifier]
    """Metric that evaluation computes."""
    noise: NotNegative
    """Noise on each number, as a share of the column's standard deviation."""
    missing: Fraction
    """Share of the values that are taken away."""
    maximum_loss: Required[NotNegative]
    """By how much the metric may become worse."""


def lower(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Gate:
    """Return the gate."""
    settings = {
        "metric": parameters["metric"],
        "direction": METRICS[parameters["metric"]].direction or "maximize",
        "noise": parameters.get("noise", 0),
        "missing": parameters.get("missing", 0),
        "maximum_loss": parameters["maximum_loss"],
        "seed": project.spec["training"]["seed"],
    }
    return build_gate(parameters, at, parameters["metric"], settings=settings)


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a metric that is not computed, and rows that are not disturbed."""
    yield from check_metric(project, parameters["metric"], (*at, "metric"))
    if not parameters.get("noise") and not parameters.get("missing"):
        yield error(NOTHING, "the rows are not disturbed", at=at, help="set `noise` or `missing` above 0")


KIND = GateKind("robustness", RobustnessGate, lower, check)
