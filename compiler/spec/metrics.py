"""The metrics that a task brings: their range, which way is better, and what they say."""

from collections.abc import Mapping
from typing import Literal

from compiler.records import NamedTuple
from compiler.spec.resolved import ResolvedProject

Direction = Literal["maximize", "minimize"]


class Metric(NamedTuple):
    """A metric: its tasks, its range (None: no bound) and which way is better (None: neither).

    A metric that is not `is_default` is computed only where `validation.metrics` names it.
    """

    name: str
    tasks: frozenset[str]
    minimum: float | None
    maximum: float | None
    direction: Direction | None
    description: str
    is_default: bool = True
    needs_target: bool = True


_CLASSES = frozenset({"classification"})
_LABELLED = frozenset({"classification", "anomaly-detection"})
_NUMBERS = frozenset({"regression"})
_RANKS = frozenset({"ranking"})
_ANOMALIES = frozenset({"anomaly-detection"})


def _table(*metrics: Metric) -> Mapping[str, Metric]:
    return {metric.name: metric for metric in metrics}


METRICS = _table(
    Metric("accuracy", _CLASSES, 0, 1, "maximize", "share of rows with the right class"),
    Metric("balanced_accuracy", _CLASSES, 0, 1, "maximize", "mean recall of the classes", is_default=False),
    Metric("precision", _LABELLED, 0, 1, "maximize", "share of positive answers that are right"),
    Metric("recall", _LABELLED, 0, 1, "maximize", "share of positive rows that are found"),
    Metric("f1", _LABELLED, 0, 1, "maximize", "harmonic mean of precision and recall"),
    Metric("roc_auc", _LABELLED, 0, 1, "maximize", "area under the receiver operating characteristic"),
    Metric("average_precision", _LABELLED, 0, 1, "maximize", "area under the precision-recall curve"),
    Metric("log_loss", _CLASSES, 0, None, "minimize", "mean negative log probability of the right class"),
    Metric("brier_score", _CLASSES, 0, 1, "minimize", "mean squared error of the probabilities"),
    Metric("calibration_error", _CLASSES, 0, 1, "minimize", "expected gap between probability and frequency"),
    Metric("matthews_correlation", _CLASSES, -1, 1, "maximize", "correlation of answer and class", is_default=False),
    Metric("cohen_kappa", _CLASSES, -1, 1, "maximize", "agreement beyond chance", is_default=False),
    Metric("top_3_accuracy", _CLASSES, 0, 1, "maximize", "share of rows whose class is among the best three",
           is_default=False),
    Metric("rmse", _NUMBERS, 0, None, "minimize", "root of the mean squared error"),
    Metric("mae", _NUMBERS, 0, None, "minimize", "mean absolute error"),
    Metric("r2", _NUMBERS, None, 1, "maximize", "share of the variance that is explained"),
    Metric("mape", _NUMBERS, 0, None, "minimize", "mean absolute error as a share of the value", is_default=False),
    Metric("median_absolute_error", _NUMBERS, 0, None, "minimize", "median absolute error", is_default=False),
    Metric("explained_variance", _NUMBERS, None, 1, "maximize", "explained variance, whatever the bias",
           is_default=False),
    Metric("max_error", _NUMBERS, 0, None, "minimize", "largest error", is_default=False),
    Metric("ndcg", _RANKS, 0, 1, "maximize", "normalised discounted cumulative gain"),
    Metric("mean_average_precision", _RANKS, 0, 1, "maximize", "mean average precision of the queries"),
    Metric("mean_reciprocal_rank", _RANKS, 0, 1, "maximize", "mean of one over the first relevant rank"),
    Metric("precision_at_10", _RANKS, 0, 1, "maximize", "precision of the first ten", is_default=False),
    Metric("recall_at_10", _RANKS, 0, 1, "maximize", "recall of the first ten", is_default=False),
    Metric("anomaly_rate", _ANOMALIES, 0, 1, None, "share of rows called anomalous", needs_target=False),
)

FAIRNESS_METRICS = _table(
    Metric("demographic_parity_difference", _CLASSES, 0, 1, "minimize",
           "largest difference of the selection rates of two groups"),
    Metric("demographic_parity_ratio", _CLASSES, 0, 1, "maximize",
           "smallest ratio of the selection rates of two groups"),
    Metric("equalized_odds_difference", _CLASSES, 0, 1, "minimize",
           "largest difference of the true or false positive rates of two groups"),
    Metric("equalized_odds_ratio", _CLASSES, 0, 1, "maximize",
           "smallest ratio of the true or false positive rates of two groups"),
    Metric("equal_opportunity_difference", _CLASSES, 0, 1, "minimize",
           "largest difference of the true positive rates of two groups"),
    Metric("mean_prediction_difference", _NUMBERS, 0, None, "minimize",
           "largest difference of the mean predictions of two groups"),
    Metric("rmse_difference", _NUMBERS, 0, None, "minimize", "largest difference of the errors of two groups"),
)
"""Metrics of a fairness gate: over groups, not over rows."""


def computed_metrics(project: ResolvedProject) -> tuple[str, ...]:
    """Return the names of the metrics that evaluation computes, sorted: the task's own and `validation.metrics`."""
    task = project.spec["training"]["task"]
    has_target = "target" in project.spec["data"]
    own = (metric.name for metric in METRICS.values()
           if metric.is_default and task in metric.tasks and (has_target or not metric.needs_target))
    return tuple(sorted({*own, *project.spec["validation"].get("metrics", ())}))


def metrics_of_task(project: ResolvedProject) -> tuple[str, ...]:
    """Return the names of the metrics that exist for the project's task, computed or not, sorted."""
    task = project.spec["training"]["task"]
    return tuple(sorted(metric.name for metric in METRICS.values() if task in metric.tasks))
