"""The model behaves as any model of its kind must, whatever its metrics."""

from collections.abc import Iterator
from typing import Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.ir.pipeline import Gate
from compiler.kinds.gate_checks import NOTHING, check_column
from compiler.kinds.gating import build_gate
from compiler.kinds.interface import GateKind, Parameters
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.words import Identifier, Name

NOT_APPLICABLE = "gates/behaviour-of-another-task"


class BehaviourGate(TypedDict, total=False):
    """The model behaves as any model of its kind must."""

    kind: Required[Literal["behaviour"]]
    """Laws that hold for every prediction."""
    name: Name
    """Name of the gate in reports; `behaviour` unless said."""
    mode: Literal["block", "warn", "off"]
    """What a failure does: `block` (unless said) stops the model, `warn` is reported, `off` is not measured."""
    checks: Required[list[Literal["probabilities-sum-to-one", "schema", "invariance", "finite"]]]
    """Laws: probabilities sum to one; inputs and outputs have the declared schema; a prediction does not
    depend on the other rows of the request, nor on `invariant_to`; every output is a finite number."""
    invariant_to: list[Identifier]
    """Columns that may change without changing the prediction; for `invariance`."""


def lower(_project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Gate:
    """Return the gate."""
    settings = {"checks": sorted(set(parameters["checks"])),
                "invariant_to": sorted(set(parameters.get("invariant_to", ())))}
    return build_gate(parameters, at, settings=settings)


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a gate without laws, laws of another task, and columns that are not there."""
    checks = parameters["checks"]
    task = project.spec["training"]["task"]
    if not checks:
        yield error(NOTHING, "the gate checks nothing", at=(*at, "checks"))
    if "probabilities-sum-to-one" in checks and task != "classification":
        yield error(NOT_APPLICABLE, f"a model for {task} has no probabilities",
                    at=(*at, "checks", checks.index("probabilities-sum-to-one")))
    if "invariant_to" in parameters and "invariance" not in checks:
        yield error(NOTHING, "`invariant_to` is not checked", at=(*at, "invariant_to"),
                    help="add `invariance` to `checks`")
    for index, column in enumerate(parameters.get("invariant_to", ())):
        yield from check_column(project, column, (*at, "invariant_to", index))


KIND = GateKind("behaviour", BehaviourGate, lower, check)
