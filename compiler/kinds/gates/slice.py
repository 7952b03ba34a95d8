"""A metric holds in every slice of the rows, not only on average."""

from collections.abc import Iterator
from typing import Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.pipeline import Gate
from compiler.kinds.gate_checks import check_column, check_metric, check_thresholds, facts_of
from compiler.kinds.gating import build_gate
from compiler.kinds.interface import GateKind, Parameters
from compiler.source.path import FieldPath
from compiler.spec.metrics import METRICS
from compiler.spec.resolved import ResolvedProject
from compiler.spec.words import AnyNumber, Identifier, Name


class SliceGate(TypedDict, total=False):
    """A metric holds in every slice of the rows. Slices under `data.minimum_group_size` are reported, not judged."""

    kind: Required[Literal["slice"]]
    """A limit of one metric in every slice."""
    name: Name
    """Name of the gate in reports; made of its kind, column and metric unless said."""
    mode: Literal["block", "warn", "off"]
    """What a failure does: `block` (unless said) stops the model, `warn` is reported, `off` is not measured."""
    by: Required[Identifier]
    """Column whose values are the slices."""
    metric: Required[Identifier]
    """Metric that evaluation computes."""
    minimum: AnyNumber
    """Smallest value that passes."""
    maximum: AnyNumber
    """Largest value that passes."""


def lower(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Gate:
    """Return the gate."""
    settings = {
        "by": parameters["by"],
        "metric": parameters["metric"],
        "minimum": parameters.get("minimum"),
        "maximum": parameters.get("maximum"),
        "minimum_group_size": project.spec["data"]["minimum_group_size"],
    }
    return build_gate(parameters, at, parameters["by"], parameters["metric"], settings=settings)


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield an unknown column or metric, and thresholds that make no sense."""
    yield from check_column(project, parameters["by"], (*at, "by"))
    yield from check_metric(project, parameters["metric"], (*at, "metric"))
    yield from check_thresholds(facts_of(METRICS, project, parameters["metric"]), parameters, at)


KIND = GateKind("slice", SliceGate, lower, check)
