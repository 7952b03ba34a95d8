"""A model's answers as columns that can drift: the class it names, and the number that it rests on."""

from collections.abc import Mapping, Sequence
from typing import Any

from runtime.drift.distances import distance
from runtime.drift.distributions import Description, describe
from runtime.features.columns import Array
from runtime.models.predicting import Predictions, positive_scores

PREDICTIONS = "predictions.json"
"""The file of a bundle with the answers on held-out rows, described."""
_OF_CLASSES = "chi2"


def describe_predictions(predictions: Predictions, classes: Sequence[Any] | None) -> dict[str, Description]:
    """Return a description of the answers."""
    return {name: describe(name, kind, values) for name, (kind, values) in _columns(predictions, classes).items()}


def prediction_distance(reference: Mapping[str, Description], predictions: Predictions, classes: Sequence[Any] | None,
                        statistic: str) -> float | None:
    """Return how far the answers are from those on held-out rows: by their numbers, or by class where asked for."""
    columns = _columns(predictions, classes)
    name = "answer" if statistic == _OF_CLASSES or "score" not in columns else "score"
    return distance(reference[name], columns[name][1], statistic)


def _columns(predictions: Predictions, classes: Sequence[Any] | None) -> dict[str, tuple[str, Array]]:
    scores = positive_scores(predictions)
    columns: dict[str, tuple[str, Array]] = {} if scores is None else {"score": ("float64", scores)}
    if predictions.labels is not None:
        columns["answer"] = ("category", predictions.labels)
    elif scores is not None:
        columns["answer"] = ("float64", scores)
    return columns
