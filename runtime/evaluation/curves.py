"""What a picture of a model is drawn from: a few dozen points, whatever the number of rows."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from runtime.evaluation.metrics import Answers, calibration
from runtime.models.predicting import Array, positive_scores

_PARTS = 10
_POINTS = 101
_MOST_CLASSES = 30


def curves_of(answers: Answers, classes: list[Any] | None) -> dict[str, Any]:
    """Return the curves that the answers have: by name, as lists of numbers."""
    if not len(answers.target):
        return {}
    found: dict[str, Any] = {}
    probabilities = answers.predictions.probabilities
    if probabilities is not None:
        found["calibration"] = [one._asdict() for one in calibration(answers)]
        if classes is not None and len(classes) <= _MOST_CLASSES:
            found["confusion"] = {"classes": [str(label) for label in classes], "counts": _confusion(answers)}
    score = positive_scores(answers.predictions)
    if answers.classes == 2 and score is not None:
        found["roc"] = _roc(answers.target, score)
    if answers.predictions.labels is None and answers.predictions.scores is not None and answers.queries is None:
        found["residuals"] = _residuals(answers.target, answers.predictions.scores)
    return found


def _roc(target: Array, score: Array) -> list[list[float]]:
    """Return pairs of false and true positive rate, at even steps of the former."""
    positives = target == 1
    if positives.all() or not positives.any():
        return []
    order = np.argsort(-score, kind="stable")
    hits = np.concatenate([[0], np.cumsum(positives[order])]) / positives.sum()
    misses = np.concatenate([[0], np.cumsum(~positives[order])]) / (~positives).sum()
    # Rows of one score come together: only the last of them is a point of the curve.
    ends = np.concatenate([[True], np.append(np.diff(score[order]) != 0, True)])
    steps = np.linspace(0, 1, _POINTS)
    return [[float(step), float(rate)] for step, rate in
            zip(steps, np.interp(steps, misses[ends], hits[ends]), strict=True)]


def _confusion(answers: Answers) -> list[list[int]]:
    """Return how many rows of each class (down) got which answer (across)."""
    assert answers.predictions.labels is not None
    counts = np.zeros((answers.classes, answers.classes), dtype=int)
    np.add.at(counts, (answers.target.astype(int), answers.predictions.labels), 1)
    return [[int(count) for count in row] for row in counts]


def _residuals(target: Array, scores: Array) -> list[Mapping[str, float]]:
    """Return, for each tenth of the predictions, how far the truth lies above them."""
    parts = np.array_split(np.argsort(scores, kind="stable"), min(_PARTS, len(scores)))
    return [{"predicted": float(scores[rows].mean()), "rows": len(rows),
             **{f"p{share}": float(np.percentile(target[rows] - scores[rows], share)) for share in (10, 50, 90)}}
            for rows in parts]
