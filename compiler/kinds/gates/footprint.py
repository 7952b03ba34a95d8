"""The model fits into the memory that serves it."""

from collections.abc import Iterator
from typing import Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.ir.pipeline import Gate
from compiler.kinds.gating import build_gate
from compiler.kinds.interface import GateKind, Parameters
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import memory_bytes
from compiler.spec.words import Memory, Name

TOO_LARGE = "gates/footprint-over-memory"


class FootprintGate(TypedDict, total=False):
    """The loaded model takes no more memory than this."""

    kind: Required[Literal["footprint"]]
    """A limit of the model's memory."""
    name: Name
    """Name of the gate in reports; `footprint` unless said."""
    mode: Literal["block", "warn", "off"]
    """What a failure does: `block` (unless said) stops the model, `warn` is reported, `off` is not measured."""
    maximum: Required[Memory]
    """Most memory of the loaded model."""


def lower(_project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Gate:
    """Return the gate."""
    return build_gate(parameters, at, settings={"maximum_bytes": memory_bytes(parameters["maximum"])})


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a gate that lets pass what the server has no room for."""
    deployment = project.spec["deployment"]
    memory = deployment["hardware"]["memory"]
    if deployment["enabled"] and memory_bytes(parameters["maximum"]) > memory_bytes(memory):
        yield error(TOO_LARGE, f"a model of {parameters['maximum']} passes the gate, and its server has {memory}",
                    at=(*at, "maximum"), help="lower the gate, or raise deployment.hardware.memory")


KIND = GateKind("footprint", FootprintGate, lower, check)
