"""The rows that reach the model still look like those that it learned from."""

from collections.abc import Iterator
from typing import Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic, error, warning
from compiler.diagnostics.suggest import suggest
from compiler.ir.monitors import DriftMonitor
from compiler.kinds.columns import columns, examples, feature_columns
from compiler.kinds.drift.parameters import (
    COLUMN,
    DEFAULT_STATISTIC,
    STATISTIC,
    AllOrColumns,
    Statistic,
    applies,
    build_monitor,
    check_maximum,
)
from compiler.kinds.interface import DriftKind, Parameters
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.words import AnyNumber, Duration


class DataDrift(TypedDict, total=False):
    """The features of production's rows are measured against the training profile."""

    kind: Required[Literal["data"]]
    """Drift of the features."""
    columns: AllOrColumns
    """Columns that are measured; all features that the statistic can measure, unless said."""
    statistic: Statistic
    """Distance between the two; psi unless said."""
    maximum: AnyNumber
    """Largest distance of any column; 0.2 unless said."""
    window: Duration
    """Rows of this time are one measurement; 24h unless said."""


def lower(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> DriftMonitor:
    """Return the monitor of the named columns, or of every feature that the statistic can measure."""
    wanted = parameters.get("columns", "all")
    if wanted != "all":
        return build_monitor(parameters, at, columns=tuple(sorted(set(wanted))))
    return build_monitor(parameters, at, columns=tuple(
        column for column in feature_columns(project) if applies(_statistic(parameters), _type(project, column))))


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield columns that are not there or cannot be measured, and an impossible limit."""
    yield from check_maximum(parameters, at)
    wanted = parameters.get("columns", "all")
    if wanted == "all":
        yield from _check_all(project, parameters, at)
        return
    for index, column in enumerate(wanted):
        yield from _check_column(project, parameters, column, (*at, "columns", index))


def _check_all(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    features = feature_columns(project)
    if features and not any(applies(_statistic(parameters), _type(project, column)) for column in features):
        yield error(STATISTIC, f"{_statistic(parameters)} can measure no feature", at=at, help="use psi")
        return
    left_out = [column for column in features if not applies(_statistic(parameters), _type(project, column))]
    if left_out and _statistic(parameters) != DEFAULT_STATISTIC and "columns" in parameters:
        listed = ", ".join(f"`{column}`" for column in left_out[:5]) + (", ..." if len(left_out) > 5 else "")
        yield warning(STATISTIC, f"{_statistic(parameters)} cannot measure {listed}", at=(*at, "columns"),
                      help="use psi, or add a second monitor for them")


def _check_column(project: ResolvedProject, parameters: Parameters, column: str, at: FieldPath) -> Iterator[Diagnostic]:
    known = columns(project)
    if column == project.spec["data"].get("target"):
        yield error(COLUMN, f"`{column}` is the target: production learns it too late to measure its drift", at=at,
                    help="use a monitor of `kind: prediction`")
    elif known and column not in known:
        meant = suggest(column, tuple(known))
        yield error(COLUMN, f"`{column}` is no column of source `{examples(project)['name']}`", at=at,
                    help=f"did you mean `{meant}`?" if meant else "add it to the contract")
    elif known and not applies(_statistic(parameters), _type(project, column)):
        yield error(STATISTIC, f"{_statistic(parameters)} cannot measure `{column}`, which is {_type(project, column)}",
                    at=at, help="use psi")


def _statistic(parameters: Parameters) -> str:
    statistic: str = parameters.get("statistic", DEFAULT_STATISTIC)
    return statistic


def _type(project: ResolvedProject, column: str) -> str:
    return columns(project)[column]["type"]


KIND = DriftKind("data", DataDrift, lower, check)
