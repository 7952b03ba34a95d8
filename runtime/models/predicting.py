"""What a model answers, in one shape for every framework."""

from typing import Any, NamedTuple, Protocol

import numpy as np

Array = np.ndarray[Any, Any]


class Predictions(NamedTuple):
    """Answers for some rows.

    classification: `labels` are places in the list of classes, `probabilities` (rows, classes).
    anomaly-detection: `labels` are 1 for an anomaly and 0 otherwise, `scores` rise with it.
    regression, ranking: `scores` are the values.
    """

    labels: Array | None = None
    probabilities: Array | None = None
    scores: Array | None = None

    def take(self, rows: Array) -> "Predictions":
        """Return the answers for some of the rows, by their places or a mask."""
        return Predictions(*(None if part is None else part[rows] for part in self))


class Model(Protocol):
    """A fitted model, whatever fitted it."""

    def predict(self, features: Array) -> Predictions:
        """Return the answers for a float32 matrix."""
        ...


def positive_scores(predictions: Predictions) -> Array | None:
    """Return one number a row that rises with the positive answer; None where there is no such number."""
    if predictions.probabilities is not None:
        return predictions.probabilities[:, 1] if predictions.probabilities.shape[1] == 2 else None
    return predictions.scores


def from_probabilities(probabilities: Array) -> Predictions:
    """Return the answers of a classifier: the most probable class, the first of equals."""
    return Predictions(labels=np.argmax(probabilities, axis=1).astype(np.int64), probabilities=probabilities)
