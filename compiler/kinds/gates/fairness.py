"""Groups of people are treated alike."""

from collections.abc import Iterator
from typing import Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic, error, warning
from compiler.diagnostics.suggest import one_of, suggest
from compiler.ir.pipeline import Gate
from compiler.kinds.columns import columns, protected_columns
from compiler.kinds.gate_checks import UNKNOWN_METRIC, check_column, check_thresholds, facts_of
from compiler.kinds.gating import build_gate
from compiler.kinds.interface import GateKind, Parameters
from compiler.source.path import FieldPath
from compiler.spec.metrics import FAIRNESS_METRICS
from compiler.spec.resolved import ResolvedProject
from compiler.spec.words import AnyNumber, Identifier, Name

NO_GROUP = "gates/no-group"
NOT_PROTECTED = "gates/group-not-protected"


class FairnessGate(TypedDict, total=False):
    """Groups of people are treated alike. Groups under `data.minimum_group_size` are reported, not judged."""

    kind: Required[Literal["fairness"]]
    """A limit of the difference between groups of people."""
    name: Name
    """Name of the gate in reports; made of its kind and metric unless said."""
    mode: Literal["block", "warn", "off"]
    """What a failure does: `block` (unless said) stops the model, `warn` is reported, `off` is not measured."""
    metric: Required[Identifier]
    """Fairness metric, such as equalized_odds_difference."""
    groups: Required[list[Identifier]]
    """Protected columns whose values are the groups; each is judged on its own."""
    minimum: AnyNumber
    """Smallest value that passes; for a ratio."""
    maximum: AnyNumber
    """Largest value that passes; for a difference."""


def lower(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Gate:
    """Return the gate."""
    settings = {
        "metric": parameters["metric"],
        "groups": sorted(set(parameters["groups"])),
        "minimum": parameters.get("minimum"),
        "maximum": parameters.get("maximum"),
        "minimum_group_size": project.spec["data"]["minimum_group_size"],
    }
    return build_gate(parameters, at, parameters["metric"], settings=settings)


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield an unknown metric, groups that are no protected columns, and thresholds that make no sense."""
    facts = facts_of(FAIRNESS_METRICS, project, parameters["metric"])
    if facts is None:
        yield _unknown(project, parameters["metric"], (*at, "metric"))
    if not parameters["groups"]:
        yield error(NO_GROUP, "the gate compares no groups", at=(*at, "groups"), help="name a protected column")
    for index, group in enumerate(parameters["groups"]):
        yield from _check_group(project, group, (*at, "groups", index))
    yield from check_thresholds(facts, parameters, at)


def _check_group(project: ResolvedProject, group: str, at: FieldPath) -> Iterator[Diagnostic]:
    yield from check_column(project, group, at)
    if group in columns(project) and group not in protected_columns(project):
        yield warning(NOT_PROTECTED, f"`{group}` is a group of people and a feature of the model", at=at,
                      help=f"set `protected: true` on the column `{group}`")


def _unknown(project: ResolvedProject, name: str, at: FieldPath) -> Diagnostic:
    task = project.spec["training"]["task"]
    known = [metric.name for metric in FAIRNESS_METRICS.values() if task in metric.tasks]
    meant = suggest(name, known)
    return error(UNKNOWN_METRIC, f"`{name}` is no fairness metric of {task}", at=at,
                 help=f"did you mean `{meant}`?" if meant else one_of(known))


KIND = GateKind("fairness", FairnessGate, lower, check)
