"""The new model gets copies of requests, and nobody sees its answers."""

from collections.abc import Iterator
from typing import Annotated, Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.service import Rollout
from compiler.kinds.interface import Parameters, StrategyKind
from compiler.kinds.strategies.parameters import AnalysisEntry, OnFailure, build_rollout, check_analysis
from compiler.source.path import FieldPath
from compiler.spec.markers import Count
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds
from compiler.spec.words import Duration

Share = Annotated[int, Count(1, 100)]


class Shadow(TypedDict, total=False):
    """The new model gets copies of requests, and nobody sees its answers, until it takes over."""

    kind: Required[Literal["shadow"]]
    """Copies of requests."""
    duration: Required[Duration]
    """How long it runs in the shadow before it takes over."""
    share: Share
    """Percentage of requests that are copied; 100 unless said."""
    analysis: list[AnalysisEntry]
    """Monitors of the shadow that must stay good."""
    on_failure: OnFailure
    """What a bad monitor does: `rollback` (unless said) or `pause`."""


def lower(_project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Rollout:
    """Return the rollout; `duration_seconds` and `share` are its settings."""
    return build_rollout(parameters, at, duration_seconds=seconds(parameters["duration"]),
                         share=parameters.get("share", 100))


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield analyses of nothing, or of what is known too late."""
    yield from check_analysis(project, parameters, at, lasts_seconds=seconds(parameters["duration"]))


KIND = StrategyKind("shadow", Shadow, lower, check)
