"""What gates of several kinds must keep: metrics that exist, thresholds that can be missed, columns that are there."""

from collections.abc import Iterator, Mapping

from compiler.diagnostics.diagnostic import Diagnostic, error, warning
from compiler.diagnostics.suggest import one_of, suggest
from compiler.kinds.columns import columns, examples
from compiler.kinds.interface import Parameters
from compiler.source.path import FieldPath
from compiler.spec.metrics import METRICS, Metric, computed_metrics, metrics_of_task
from compiler.spec.resolved import ResolvedProject

UNKNOWN_METRIC = "gates/unknown-metric"
NOT_COMPUTED = "gates/metric-not-computed"
NO_THRESHOLD = "gates/no-threshold"
CROSSED = "gates/crossed-thresholds"
IMPOSSIBLE = "gates/impossible-threshold"
IDLE = "gates/idle-threshold"
WRONG_WAY = "gates/wrong-way"
COLUMN = "gates/column"
NOTHING = "gates/nothing-to-check"


def check_metric(project: ResolvedProject, name: str, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a fault when evaluation does not compute the metric."""
    computed = computed_metrics(project)
    if name in computed:
        return
    if name in metrics_of_task(project):
        yield error(NOT_COMPUTED, f"`{name}` is not computed", at=at, help=_how_to_compute(project, name))
        return
    task = project.spec["training"]["task"]
    meant = suggest(name, computed)
    yield error(UNKNOWN_METRIC, f"`{name}` is no metric of {task}", at=at,
                help=f"did you mean `{meant}`?" if meant else one_of(computed))


def check_thresholds(facts: Metric | None, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield what is wrong with `minimum` and `maximum`, given what is known of the metric."""
    minimum, maximum = parameters.get("minimum"), parameters.get("maximum")
    if minimum is None and maximum is None:
        yield error(NO_THRESHOLD, "the gate has neither `minimum` nor `maximum`", at=at, help=_expected(facts))
    elif minimum is not None and maximum is not None and minimum > maximum:
        yield error(CROSSED, f"minimum {minimum:g} is above maximum {maximum:g}", at=(*at, "minimum"))
    elif facts is not None:
        yield from _within(facts, minimum, maximum, at)
        yield from _right_way(facts, minimum, maximum, at)


def check_column(project: ResolvedProject, column: str, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a fault when the contract of the table of examples does not name the column."""
    known = columns(project)
    if column in known or not project.spec["data"]["sources"]:
        return
    source = examples(project)["name"]
    if not known:
        yield error(COLUMN, f"source `{source}` has no contract, so `{column}` may not be there", at=at,
                    help="name the columns in the contract of the source")
        return
    meant = suggest(column, tuple(known))
    yield error(COLUMN, f"`{column}` is no column of source `{source}`", at=at,
                help=f"did you mean `{meant}`?" if meant else "add it to the contract")


def facts_of(table: Mapping[str, Metric], project: ResolvedProject, name: str) -> Metric | None:
    """Return what is known of a metric when it belongs to the project's task."""
    metric = table.get(name)
    return metric if metric and project.spec["training"]["task"] in metric.tasks else None


def _how_to_compute(project: ResolvedProject, name: str) -> str:
    if METRICS[name].needs_target and "target" not in project.spec["data"]:
        return "set data.target: without one no answer is right or wrong"
    return f"add `{name}` to validation.metrics"


def _expected(facts: Metric | None) -> str:
    match facts.direction if facts else None:
        case "maximize":
            return "set `minimum`"
        case "minimize":
            return "set `maximum`"
        case _:
            return "set one of them"


def _within(facts: Metric, minimum: float | None, maximum: float | None, at: FieldPath) -> Iterator[Diagnostic]:
    low, high = facts.minimum, facts.maximum
    if minimum is not None and high is not None and minimum > high:
        yield error(IMPOSSIBLE, f"no model has {facts.name} of at least {minimum:g}: it is at most {high:g}",
                    at=(*at, "minimum"))
    if maximum is not None and low is not None and maximum < low:
        yield error(IMPOSSIBLE, f"no model has {facts.name} of at most {maximum:g}: it is at least {low:g}",
                    at=(*at, "maximum"))
    if minimum is not None and low is not None and minimum <= low:
        yield warning(IDLE, f"every model has {facts.name} of at least {minimum:g}", at=(*at, "minimum"))
    if maximum is not None and high is not None and maximum >= high:
        yield warning(IDLE, f"every model has {facts.name} of at most {maximum:g}", at=(*at, "maximum"))


def _right_way(facts: Metric, minimum: float | None, maximum: float | None, at: FieldPath) -> Iterator[Diagnostic]:
    if facts.direction == "maximize" and minimum is None:
        yield warning(WRONG_WAY, f"more {facts.name} is better, and the gate refuses models that have more than "
                                 f"{maximum:g}", at=(*at, "maximum"), help="set `minimum`")
    if facts.direction == "minimize" and maximum is None:
        yield warning(WRONG_WAY, f"less {facts.name} is better, and the gate refuses models that have less than "
                                 f"{minimum:g}", at=(*at, "minimum"), help="set `maximum`")
