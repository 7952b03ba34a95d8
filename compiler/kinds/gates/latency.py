"""The model answers fast enough."""

from collections.abc import Iterator
from typing import Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic, warning
from compiler.ir.pipeline import Gate
from compiler.kinds.gating import build_gate
from compiler.kinds.interface import GateKind, Parameters
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import milliseconds
from compiler.spec.words import Duration, Name, Positive

LOOSER = "gates/latency-over-objective"


class LatencyGate(TypedDict, total=False):
    """The model answers fast enough, measured in the pipeline on one core."""

    kind: Required[Literal["latency"]]
    """A limit of the time of one answer."""
    name: Name
    """Name of the gate in reports; made of its kind and percentile unless said."""
    mode: Literal["block", "warn", "off"]
    """What a failure does: `block` (unless said) stops the model, `warn` is reported, `off` is not measured."""
    percentile: Literal["p50", "p90", "p95", "p99"]
    """Share of the answers that must be fast enough; p95 unless said."""
    maximum: Required[Duration]
    """Longest time of an answer at that percentile."""
    batch: Positive
    """Rows in one request; 1 unless said."""


def lower(_project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Gate:
    """Return the gate."""
    percentile = parameters.get("percentile", "p95")
    settings = {"percentile": int(percentile[1:]), "maximum_milliseconds": milliseconds(parameters["maximum"]),
                "batch": parameters.get("batch", 1)}
    return build_gate(parameters, at, percentile, settings=settings)


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a gate that lets pass what the objective for latency will not."""
    if parameters.get("batch", 1) != 1:
        return
    for slo in project.spec["monitoring"]["slos"]:
        if slo["name"] == "latency" and "threshold" in slo:
            promised = milliseconds(slo["threshold"])
            if milliseconds(parameters["maximum"]) > promised:
                yield warning(LOOSER, f"the gate allows {parameters['maximum']}, the objective promises "
                                      f"{slo['threshold']} with the network on top", at=(*at, "maximum"))


KIND = GateKind("latency", LatencyGate, lower, check)
