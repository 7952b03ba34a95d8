"""Two models answer side by side, each caller by one of them, until one has won."""

from collections.abc import Iterator
from typing import Annotated, Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.service import Rollout
from compiler.kinds.interface import Parameters, StrategyKind
from compiler.kinds.strategies.parameters import AnalysisEntry, Header, OnFailure, build_rollout, check_analysis
from compiler.source.path import FieldPath
from compiler.spec.markers import Count
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds
from compiler.spec.words import Duration

Share = Annotated[int, Count(1, 99)]


class AbTest(TypedDict, total=False):
    """Two models answer side by side, each caller by one of them, until the test is over."""

    kind: Required[Literal["ab-test"]]
    """A test on real callers."""
    duration: Required[Duration]
    """How long the test runs."""
    share: Share
    """Percentage of callers that the new model answers; 50 unless said."""
    sticky_by: Required[Header]
    """Request header that names the caller, so that one caller keeps one model."""
    analysis: list[AnalysisEntry]
    """Monitors of the new model that must stay good."""
    on_failure: OnFailure
    """What a bad monitor does: `rollback` (unless said) or `pause`."""


def lower(_project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Rollout:
    """Return the rollout; `duration_seconds`, `share` and `sticky_by` are its settings."""
    return build_rollout(parameters, at, duration_seconds=seconds(parameters["duration"]),
                         share=parameters.get("share", 50), sticky_by=parameters["sticky_by"].lower())


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield analyses of nothing, or of what is known too late."""
    yield from check_analysis(project, parameters, at, lasts_seconds=seconds(parameters["duration"]))


KIND = StrategyKind("ab-test", AbTest, lower, check)
