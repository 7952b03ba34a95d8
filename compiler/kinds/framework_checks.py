"""What the training section must keep: an algorithm that exists, parameters that it has, a metric to search by."""

from collections.abc import Iterator, Mapping

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.diagnostics.suggest import one_of, suggest
from compiler.kinds.interface import Parameters
from compiler.source.path import FieldPath
from compiler.spec.metrics import METRICS, computed_metrics, metrics_of_task
from compiler.spec.resolved import ResolvedProject

TASK = "frameworks/task"
ALGORITHM = "frameworks/algorithm"
PARAMETER = "frameworks/parameter"
ENTRY_POINT = "frameworks/entry-point"
METRIC = "frameworks/metric"
TUNING_METRIC = "frameworks/tuning-metric"

Algorithms = Mapping[str, Mapping[str, frozenset[str]]]


def words(text: str) -> frozenset[str]:
    """Return the words of a text: names of parameters."""
    return frozenset(text.split())


def check_algorithm(algorithms: Algorithms, project: ResolvedProject, training: Parameters,
                    at: FieldPath) -> Iterator[Diagnostic]:
    """Yield an algorithm or parameters that the framework does not have for the task."""
    yield from check_tuning(project, training, at)
    yield from _check_metrics(project, training["framework"])
    if "entry_point" in training:
        yield error(ENTRY_POINT, f"{training['framework']} does not call `entry_point`", at=(*at, "entry_point"),
                    help="use framework: custom")
    known = algorithms.get(training["task"], {})
    algorithm = training.get("algorithm")
    if not known:
        yield error(TASK, f"{training['framework']} has no algorithm for {training['task']}", at=(*at, "framework"))
    elif algorithm is None:
        yield error(ALGORITHM, "`algorithm` is missing", at=at, help=one_of(known))
    elif algorithm not in known:
        meant = suggest(algorithm, known)
        yield error(ALGORITHM, f"{training['framework']} has no `{algorithm}` for {training['task']}",
                    at=(*at, "algorithm"), help=f"did you mean `{meant}`?" if meant else one_of(known))
    else:
        yield from _check_parameters(algorithm, known[algorithm], training, at)


def check_tuning(project: ResolvedProject, training: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a search by a metric that is not computed, or that is better neither way."""
    tuning = training.get("tuning")
    if tuning is None:
        return
    name = tuning["metric"]
    place = (*at, "tuning", "metric")
    if name not in computed_metrics(project):
        meant = suggest(name, computed_metrics(project))
        yield error(TUNING_METRIC, f"the search goes by `{name}`, which is not computed", at=place,
                    help=f"did you mean `{meant}`?" if meant else one_of(computed_metrics(project)))
    elif "direction" not in tuning and (name not in METRICS or METRICS[name].direction is None):
        yield error(TUNING_METRIC, f"neither more nor less `{name}` is known to be better", at=place,
                    help="set `direction` to maximize or minimize")


def _check_metrics(project: ResolvedProject, framework: str) -> Iterator[Diagnostic]:
    known = metrics_of_task(project)
    for index, name in enumerate(project.spec["validation"]["metrics"]):
        if name not in known:
            meant = suggest(name, known)
            yield error(METRIC, f"{framework} does not compute `{name}` for {project.spec['training']['task']}",
                        at=("validation", "metrics", index),
                        help=f"did you mean `{meant}`?" if meant else one_of(known))


def _check_parameters(algorithm: str, known: frozenset[str], training: Parameters,
                      at: FieldPath) -> Iterator[Diagnostic]:
    said = [(*at, "parameters", name) for name in sorted(training["parameters"])]
    said += [(*at, "tuning", "space", name) for name in sorted(training.get("tuning", {}).get("space", ()))]
    for path in said:
        name = path[-1]
        if name not in known:
            meant = suggest(name, known)
            yield error(PARAMETER, f"`{algorithm}` has no parameter `{name}`", at=path,
                        help=f"did you mean `{meant}`?" if meant else one_of(known))._replace(on_key=True)
