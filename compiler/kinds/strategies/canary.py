"""The new model gets a rising share of traffic while monitors watch it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated, Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.ir.service import Rollout, TrafficStep
from compiler.kinds.interface import Parameters, StrategyKind
from compiler.kinds.strategies.parameters import AnalysisEntry, OnFailure, build_rollout, check_analysis
from compiler.source.path import FieldPath
from compiler.spec.markers import Count
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds
from compiler.spec.words import Duration

WEIGHTS = "strategies/weights"
HOLD = "strategies/hold"

Weight = Annotated[int, Count(1, 100)]


class CanaryStep(TypedDict, total=False):
    """A share of traffic, held for a time."""

    weight: Required[Weight]
    """Percentage of requests that the new model answers."""
    hold: Duration
    """How long the share stays before the next step; the last step needs none."""


class Canary(TypedDict, total=False):
    """The new model gets a rising share of traffic while monitors watch it."""

    kind: Required[Literal["canary"]]
    """A rising share of traffic."""
    steps: Required[list[CanaryStep]]
    """Shares of traffic; they rise and end at 100."""
    analysis: list[AnalysisEntry]
    """Monitors that must stay good at every step."""
    on_failure: OnFailure
    """What a bad monitor does: `rollback` (unless said) or `pause`."""


def lower(_project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Rollout:
    """Return the rollout with its steps."""
    steps = tuple(TrafficStep(step["weight"], _hold_seconds(step), (*at, "steps", index))
                  for index, step in enumerate(parameters["steps"]))
    return build_rollout(parameters, at, steps=steps)


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield weights that do not rise to 100, steps that nobody has time to watch, and analyses of nothing."""
    steps = parameters["steps"]
    yield from _check_weights(steps, (*at, "steps"))
    for index, step in enumerate(steps[:-1]):
        if "hold" not in step:
            yield error(HOLD, f"the step to {step['weight']} has no `hold`", at=(*at, "steps", index),
                        help="say how long it is watched, such as hold: 10m")
    yield from check_analysis(project, parameters, at, lasts_seconds=sum(map(_hold_seconds, steps)))


def _check_weights(steps: Sequence[CanaryStep], at: FieldPath) -> Iterator[Diagnostic]:
    if not steps:
        yield error(WEIGHTS, "a canary without steps never takes over", at=at,
                    help="end with a step of weight 100")
        return
    for index, (before, after) in enumerate(pairwise(step["weight"] for step in steps), start=1):
        if after <= before:
            yield error(WEIGHTS, f"weight {after} does not rise above {before}", at=(*at, index, "weight"))
    last = steps[-1]["weight"]
    if last != 100:
        yield error(WEIGHTS, f"last weight is {last}, expected 100", at=(*at, len(steps) - 1, "weight"),
                    help="add a final step with weight: 100")


def _hold_seconds(step: CanaryStep) -> int:
    return seconds(step["hold"]) if "hold" in step else 0


KIND = StrategyKind("canary", Canary, lower, check)
