"""The gates of a project, lowered: what the step `gates` judges and what the plan lists."""

from collections.abc import Mapping
from typing import Any

from compiler.ir.pipeline import Gate
from compiler.kinds.interface import KindOf, Parameters
from compiler.kinds.numbering import numbered, slug
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject


def lower_gates(project: ResolvedProject, kind_of: KindOf) -> tuple[Gate, ...]:
    """Return the gates in the order of the spec; those with the name of an earlier one are numbered."""
    gates = [kind_of("gates", parameters["kind"]).lower(project, parameters, ("validation", "gates", index))
             for index, parameters in enumerate(project.spec["validation"]["gates"])]
    return tuple(gate._replace(name=name)
                 for gate, name in zip(gates, numbered(gate.name for gate in gates), strict=True))


def build_gate(parameters: Parameters, at: FieldPath, *subject: str, settings: Mapping[str, Any]) -> Gate:
    """Return a gate with the name that the spec gives it, else one made of its kind and subject."""
    kind = parameters["kind"]
    return Gate(parameters.get("name") or slug(kind, *subject), kind, parameters.get("mode", "block"), settings, at)
