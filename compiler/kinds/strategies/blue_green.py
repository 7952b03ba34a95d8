"""The new model runs beside the old one, is tried out, and takes all traffic at once."""

from collections.abc import Iterator
from typing import Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.service import Rollout
from compiler.kinds.interface import Parameters, StrategyKind
from compiler.kinds.strategies.parameters import AnalysisEntry, OnFailure, build_rollout, check_analysis
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds
from compiler.spec.words import Duration

_PREVIEW, _KEEP = "15m", "1h"


class BlueGreen(TypedDict, total=False):
    """The new model runs beside the old one, is tried out, and takes all traffic at once."""

    kind: Required[Literal["blue-green"]]
    """Two models side by side, one of them live."""
    preview: Duration
    """How long the new model answers only on its preview address; 15m unless said."""
    keep: Duration
    """How long the old model stays ready after the switch; 1h unless said."""
    analysis: list[AnalysisEntry]
    """Monitors that must stay good before and after the switch."""
    on_failure: OnFailure
    """What a bad monitor does: `rollback` (unless said) or `pause`."""


def lower(_project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Rollout:
    """Return the rollout; `preview_seconds` and `keep_seconds` are its settings."""
    return build_rollout(parameters, at, preview_seconds=_seconds(parameters, "preview", _PREVIEW),
                         keep_seconds=_seconds(parameters, "keep", _KEEP))


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield analyses of nothing, or of what is known too late."""
    lasts = _seconds(parameters, "preview", _PREVIEW) + _seconds(parameters, "keep", _KEEP)
    yield from check_analysis(project, parameters, at, lasts_seconds=lasts)


def _seconds(parameters: Parameters, key: str, default: str) -> int:
    return seconds(parameters.get(key, default))


KIND = StrategyKind("blue-green", BlueGreen, lower, check)
