"""The metrics of the language by name; a metric without a value on some rows is NaN.

scikit-learn computes what it has (https://scikit-learn.org/stable/modules/model_evaluation.html). Its own:
`calibration_error` is the expected calibration error over ten bins of equal width (Naeini et al., 2015).
For two classes, precision, recall, f1 and the areas are those of the second class; for more, the mean over classes.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from runtime.evaluation import ranking
from runtime.models.predicting import Array, Predictions, positive_scores

Compute = Callable[["Answers"], float]
_BINS = 10


class Answers(NamedTuple):
    """What is true, what was answered, how many classes there are, and of which query each row is (ranking)."""

    target: Array
    predictions: Predictions
    classes: int
    queries: Array | None = None

    def take(self, rows: Array) -> "Answers":
        """Return the answers of some rows."""
        return Answers(self.target[rows], self.predictions.take(rows), self.classes,
                       None if self.queries is None else self.queries[rows])


class CalibrationBin(NamedTuple):
    """Mean of the probabilities that were said, share of the rows where it came true, and how many rows they are."""

    said: float
    happened: float
    rows: int


def compute(name: str, answers: Answers) -> float:
    """Return the metric; NaN where it has no value on these rows, such as an area with one class only."""
    if len(answers.target) == 0:
        return float("nan")
    try:
        with np.errstate(all="ignore"):
            return float(METRICS[name](answers))
    except ValueError:
        # scikit-learn's way to say that a metric is not defined for these rows.
        return float("nan")


def _averaged(name: str) -> Compute:
    def metric(answers: Answers) -> float:
        from sklearn import metrics

        return float(getattr(metrics, name)(
            answers.target, answers.predictions.labels, labels=list(range(answers.classes)), zero_division=0.0,
            **({"average": "binary"} if answers.classes == 2 else {"average": "macro"})))

    return metric


def _of_labels(name: str) -> Compute:
    def metric(answers: Answers) -> float:
        from sklearn import metrics

        return float(getattr(metrics, name)(answers.target, answers.predictions.labels))

    return metric


def _of_values(name: str) -> Compute:
    def metric(answers: Answers) -> float:
        from sklearn import metrics

        return float(getattr(metrics, name)(answers.target, answers.predictions.scores))

    return metric


def _roc_auc(answers: Answers) -> float:
    from sklearn.metrics import roc_auc_score

    if len(np.unique(answers.target)) < 2:
        return float("nan")
    score = positive_scores(answers.predictions)
    if score is not None:
        return float(roc_auc_score(answers.target, score))
    return float(roc_auc_score(answers.target, answers.predictions.probabilities, multi_class="ovr",
                               labels=list(range(answers.classes))))


def _average_precision(answers: Answers) -> float:
    from sklearn.metrics import average_precision_score

    score = positive_scores(answers.predictions)
    if score is not None:
        return float(average_precision_score(answers.target, score)) if answers.target.any() else float("nan")
    one_hot = np.eye(answers.classes)[answers.target.astype(int)]
    return float(average_precision_score(one_hot, answers.predictions.probabilities))


def _log_loss(answers: Answers) -> float:
    from sklearn.metrics import log_loss

    return float(log_loss(answers.target, answers.predictions.probabilities, labels=list(range(answers.classes))))


def _brier_score(answers: Answers) -> float:
    """Return the mean squared error of the probabilities: of the second class, or summed over more and halved."""
    probabilities = answers.predictions.probabilities
    assert probabilities is not None
    if answers.classes == 2:
        return float(np.mean((probabilities[:, 1] - answers.target) ** 2))
    one_hot = np.eye(answers.classes)[answers.target.astype(int)]
    return float(np.mean(np.sum((probabilities - one_hot) ** 2, axis=1)) / 2)


def calibration(answers: Answers) -> list[CalibrationBin]:
    """Return, for each tenth of the probabilities that were said, how often it came true.

    They are those of the second of two classes, or of the answer where there are more.
    """
    probabilities = answers.predictions.probabilities
    assert probabilities is not None
    if answers.classes == 2:
        said, happened = probabilities[:, 1], answers.target == 1
    else:
        said, happened = probabilities.max(axis=1), answers.predictions.labels == answers.target
    bins = np.minimum((said * _BINS).astype(int), _BINS - 1)
    return [CalibrationBin(float(said[bins == bin_].mean()), float(happened[bins == bin_].mean()),
                           int((bins == bin_).sum())) for bin_ in np.unique(bins)]


def _calibration_error(answers: Answers) -> float:
    bins = calibration(answers)
    return sum(abs(one.said - one.happened) * one.rows for one in bins) / sum(one.rows for one in bins)


def _top_3_accuracy(answers: Answers) -> float:
    from sklearn.metrics import top_k_accuracy_score

    if answers.classes <= 3:
        return 1.0
    return float(top_k_accuracy_score(answers.target, answers.predictions.probabilities, k=3,
                                      labels=list(range(answers.classes))))


def _ranked(metric: Callable[[Array, Array], float]) -> Compute:
    def mean(answers: Answers) -> float:
        assert answers.queries is not None
        assert answers.predictions.scores is not None
        return ranking.mean_over_queries(metric, answers.target, answers.predictions.scores, answers.queries)

    return mean


def _anomaly_rate(answers: Answers) -> float:
    assert answers.predictions.labels is not None
    return float(np.mean(answers.predictions.labels))


METRICS: Mapping[str, Compute] = {
    "accuracy": _of_labels("accuracy_score"),
    "balanced_accuracy": _of_labels("balanced_accuracy_score"),
    "precision": _averaged("precision_score"),
    "recall": _averaged("recall_score"),
    "f1": _averaged("f1_score"),
    "roc_auc": _roc_auc,
    "average_precision": _average_precision,
    "log_loss": _log_loss,
    "brier_score": _brier_score,
    "calibration_error": _calibration_error,
    "matthews_correlation": _of_labels("matthews_corrcoef"),
    "cohen_kappa": _of_labels("cohen_kappa_score"),
    "top_3_accuracy": _top_3_accuracy,
    "rmse": _of_values("root_mean_squared_error"),
    "mae": _of_values("mean_absolute_error"),
    "r2": _of_values("r2_score"),
    "mape": _of_values("mean_absolute_percentage_error"),
    "median_absolute_error": _of_values("median_absolute_error"),
    "explained_variance": _of_values("explained_variance_score"),
    "max_error": _of_values("max_error"),
    "ndcg": _ranked(ranking.ndcg),
    "mean_average_precision": _ranked(ranking.average_precision),
    "mean_reciprocal_rank": _ranked(ranking.reciprocal_rank),
    "precision_at_10": _ranked(ranking.precision_at_10),
    "recall_at_10": _ranked(ranking.recall_at_10),
    "anomaly_rate": _anomaly_rate,
}
