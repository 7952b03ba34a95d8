"""Parity: the exported model answers as the trained one did, on rows that neither has learnt from."""

from collections.abc import Mapping

import numpy as np

from runtime.models.predicting import Array, Predictions
from runtime.outcome import Refused

PROBABILITY = 1e-4
"""Largest difference of a probability; conversion to float32 costs about 1e-6."""
SCORE = 2e-3
"""Largest difference of a number, as a share of it where it is larger than one."""


def check_parity(trained: Predictions, exported: Predictions) -> Mapping[str, float]:
    """Return the differences as numbers; refuse a model that answers differently."""
    numbers = {"rows": float(_rows(trained))}
    if trained.probabilities is not None and exported.probabilities is not None:
        numbers["probability_difference"] = _difference(trained.probabilities, exported.probabilities)
        _refuse_above(numbers["probability_difference"], PROBABILITY, "probabilities")
    if trained.scores is not None and exported.scores is not None:
        numbers["score_difference"] = _difference(trained.scores, exported.scores, scale=np.abs(trained.scores))
        _refuse_above(numbers["score_difference"], SCORE, "numbers")
    if trained.labels is not None and exported.labels is not None:
        different = (trained.labels != exported.labels) & ~_is_undecided(trained)
        numbers["different_labels"] = float(different.sum())
        if different.any():
            raise Refused(f"the exported model gives {int(different.sum())} of {len(different)} rows another label "
                          "than the trained one: the conversion loses something, such as a threshold of its own")
    return numbers


def _rows(predictions: Predictions) -> int:
    return next(len(part) for part in predictions if part is not None)


def _difference(one: Array, other: Array, *, scale: Array | float = 1.0) -> float:
    if one.shape != other.shape:
        raise Refused(f"the exported model answers in the shape {other.shape}, the trained one in {one.shape}")
    different = np.abs(one.astype(np.float64) - other.astype(np.float64)) / np.maximum(scale, 1)
    return float(different.max(initial=0.0))


def _refuse_above(difference: float, limit: float, what: str) -> None:
    # NaN is a difference, too.
    if not difference <= limit:
        raise Refused(f"the {what} of the exported model differ by up to {difference:.3g} from those of the trained "
                      f"one, at most {limit:g} is rounding")


def _is_undecided(predictions: Predictions) -> Array:
    """Return the rows where two answers are as good as each other, so that rounding decides."""
    if predictions.probabilities is not None:
        best = np.sort(predictions.probabilities, axis=1)[:, -2:]
        return np.asarray(best[:, 1] - best[:, 0] < 2 * PROBABILITY)
    assert predictions.scores is not None
    return np.abs(predictions.scores) < SCORE
