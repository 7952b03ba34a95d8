"""The new model is better than the one that serves."""

from collections.abc import Iterator
from typing import Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.ir.pipeline import Gate
from compiler.kinds.gate_checks import IMPOSSIBLE, check_metric, facts_of
from compiler.kinds.gating import build_gate
from compiler.kinds.interface import GateKind, Parameters
from compiler.source.path import FieldPath
from compiler.spec.metrics import METRICS
from compiler.spec.resolved import ResolvedProject
from compiler.spec.words import AnyNumber, Identifier, Name

NO_DIRECTION = "gates/no-direction"


class ChampionGate(TypedDict, total=False):
    """The new model is better than the one that serves. Without one, the gate passes and says so."""

    kind: Required[Literal["champion"]]
    """A comparison with the model in use."""
    name: Name
    """Name of the gate in reports; made of its kind and metric unless said."""
    mode: Literal["block", "warn", "off"]
    """What a failure does: `block` (unless said) stops the model, `warn` is reported, `off` is not measured."""
    metric: Required[Identifier]
    """Metric that both models are measured by, on the same rows."""
    minimum_improvement: AnyNumber
    """By how much the new model must be better; 0 unless said, negative to allow a little loss."""
    direction: Literal["maximize", "minimize"]
    """Whether more is better; known for the metrics of the task."""


def lower(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Gate:
    """Return the gate; an improvement is a positive number, whichever way the metric is better."""
    settings = {"metric": parameters["metric"], "direction": _direction(project, parameters),
                "minimum_improvement": parameters.get("minimum_improvement", 0.0)}
    return build_gate(parameters, at, parameters["metric"], settings=settings)


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a metric that is not computed or not better either way, and an improvement that no model can make."""
    metric = parameters["metric"]
    yield from check_metric(project, metric, (*at, "metric"))
    if _direction(project, parameters) is None:
        yield error(NO_DIRECTION, f"neither more nor less `{metric}` is known to be better", at=(*at, "metric"),
                    help="set `direction` to maximize or minimize")
    facts = facts_of(METRICS, project, metric)
    improvement = parameters.get("minimum_improvement", 0)
    if facts and facts.minimum is not None and facts.maximum is not None:
        width = facts.maximum - facts.minimum
        if improvement > width:
            yield error(IMPOSSIBLE, f"no model has {metric} better by {improvement:g}: it spans {width:g}",
                        at=(*at, "minimum_improvement"))


def _direction(project: ResolvedProject, parameters: Parameters) -> str | None:
    facts = facts_of(METRICS, project, parameters["metric"])
    return parameters.get("direction") or (facts.direction if facts else None)


KIND = GateKind("champion", ChampionGate, lower, check)
