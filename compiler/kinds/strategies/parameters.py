"""What strategies share: the analysis that judges a new model while it takes over."""

from collections.abc import Iterator
from typing import Annotated, Literal, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic, error, warning
from compiler.ir.service import Analysis, Rollout, TrafficStep
from compiler.kinds.interface import Parameters
from compiler.kinds.monitors import is_watched, monitor_words
from compiler.source.path import FieldPath
from compiler.spec.markers import Text
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds
from compiler.spec.words import AnyNumber, Identifier

ANALYSIS = "strategies/analysis"
UNWATCHED = "strategies/unwatched"
ONLINE_ONLY = "strategies/online-only"
TOO_LATE = "strategies/analysis-too-late"
_DRIFT = "_drift"

Header = Annotated[str, Text(r"[A-Za-z][A-Za-z0-9-]{0,62}", "the name of an HTTP header", ("x-user-id",))]
OnFailure = Literal["rollback", "pause"]


class AnalysisEntry(TypedDict, total=False):
    """A monitor that must stay good while the new model takes over."""

    slo: Literal["availability", "latency"]
    """A service level objective of this spec."""
    metric: Identifier
    """Another monitor: `data_drift`, `prediction_drift`, or a metric of `monitoring.performance`."""
    maximum: AnyNumber
    """Largest value during the rollout; for a metric; its own limit unless said."""


def build_rollout(parameters: Parameters, at: FieldPath, *, steps: tuple[TrafficStep, ...] = (),
                  **settings: object) -> Rollout:
    """Return the rollout with the analysis of the parameters."""
    entries = parameters.get("analysis", ())
    analysis = tuple(Analysis(_word(entry) or "", entry.get("maximum"), (*at, "analysis", index))
                     for index, entry in enumerate(entries))
    return Rollout(parameters["kind"], steps, analysis, parameters.get("on_failure", "rollback"), settings, at)


def check_analysis(project: ResolvedProject, parameters: Parameters, at: FieldPath, *,
                   lasts_seconds: int) -> Iterator[Diagnostic]:
    """Yield an analysis of what is not watched, or known only when the rollout is over."""
    deployment = project.spec["deployment"]
    if not deployment["enabled"] or deployment["kind"] != "online":
        yield from check_online(project, parameters, at)
        return
    entries = parameters.get("analysis", ())
    if not entries:
        yield warning(UNWATCHED, "the new model takes over whatever it does", at=at,
                      help="name a monitor in `analysis`, such as {slo: availability}")
    for index, entry in enumerate(entries):
        yield from _check_entry(project, entry, (*at, "analysis", index), lasts_seconds)


def check_online(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a strategy where there is no traffic to move."""
    if project.spec["deployment"]["kind"] != "online":
        yield error(ONLINE_ONLY, f"{parameters['kind']} moves traffic, and predictions are made in batch",
                    at=(*at, "kind"), help="use kind: direct, or deployment.kind: online")


def _check_entry(project: ResolvedProject, entry: AnalysisEntry, at: FieldPath,
                 lasts_seconds: int) -> Iterator[Diagnostic]:
    word = _word(entry)
    known = monitor_words(project) if is_watched(project) else ()
    if word is None:
        yield error(ANALYSIS, "an analysis names either `slo` or `metric`", at=at)
    elif word not in known:
        key = "slo" if "slo" in entry else "metric"
        yield error(ANALYSIS, f"`{entry.get('slo') or entry.get('metric')}` is not monitored", at=(*at, key),
                    help=_known(known))
    elif "slo" in entry and "maximum" in entry:
        yield error(ANALYSIS, "an objective has its limit where it is promised", at=(*at, "maximum"),
                    help="remove `maximum`")
    else:
        yield from _check_delay(project, word, at, lasts_seconds)


def _check_delay(project: ResolvedProject, word: str, at: FieldPath, lasts_seconds: int) -> Iterator[Diagnostic]:
    for performance in project.spec["monitoring"]["performance"]:
        if f"performance.{performance['metric']}" == word:
            after = performance.get("labels_after", "1d")
            if seconds(after) > lasts_seconds:
                yield error(TOO_LATE, f"labels arrive after {after}, when the new model has long taken over", at=at,
                            help="use an objective or drift, or a longer rollout")


def _word(entry: AnalysisEntry) -> str | None:
    """Return the monitor's word; None when the entry names none or two."""
    if ("slo" in entry) == ("metric" in entry):
        return None
    if "slo" in entry:
        return f"slo.{entry['slo']}"
    metric = entry["metric"]
    return f"drift.{metric.removesuffix(_DRIFT)}" if metric.endswith(_DRIFT) else f"performance.{metric}"


def _known(words: tuple[str, ...]) -> str:
    if not words:
        return "monitoring watches nothing in this environment"
    return "monitored are " + ", ".join(f"`{_as_written(word)}`" for word in sorted(set(words)))


def _as_written(word: str) -> str:
    kind, _, name = word.partition(".")
    return {"slo": f"slo: {name}", "drift": f"metric: {name}{_DRIFT}"}.get(kind, f"metric: {name}")
