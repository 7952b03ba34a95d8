"""A metric on held-out rows stays within its limits."""

from collections.abc import Iterator
from typing import Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.pipeline import Gate
from compiler.kinds.gate_checks import check_metric, check_thresholds, facts_of
from compiler.kinds.gating import build_gate
from compiler.kinds.interface import GateKind, Parameters
from compiler.source.path import FieldPath
from compiler.spec.metrics import METRICS
from compiler.spec.resolved import ResolvedProject
from compiler.spec.words import AnyNumber, Identifier, Name


class MetricGate(TypedDict, total=False):
    """A metric on held-out rows stays within its limits."""

    kind: Required[Literal["metric"]]
    """A limit of one metric."""
    name: Name
    """Name of the gate in reports; made of its kind and metric unless said."""
    mode: Literal["block", "warn", "off"]
    """What a failure does: `block` (unless said) stops the model, `warn` is reported, `off` is not measured."""
    metric: Required[Identifier]
    """Metric that evaluation computes."""
    minimum: AnyNumber
    """Smallest value that passes."""
    maximum: AnyNumber
    """Largest value that passes."""


def lower(_project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Gate:
    """Return the gate."""
    settings = {"metric": parameters["metric"], "minimum": parameters.get("minimum"),
                "maximum": parameters.get("maximum")}
    return build_gate(parameters, at, parameters["metric"], settings=settings)


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a metric that is not computed, and thresholds that make no sense."""
    yield from check_metric(project, parameters["metric"], (*at, "metric"))
    yield from check_thresholds(facts_of(METRICS, project, parameters["metric"]), parameters, at)


KIND = GateKind("metric", MetricGate, lower, check)
