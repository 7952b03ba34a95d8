"""Groups of people are treated alike.

Differences and ratios of classification are fairlearn's (https://fairlearn.org); selection is the second class.
Groups under the minimum size are reported and not judged: on a group of one, any difference is noise.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from runtime.evaluation.metrics import Answers
from runtime.gates.judging import Case, Judgement, Number, within
from runtime.models.predicting import Array

_FAIRLEARN = frozenset({"demographic_parity_difference", "demographic_parity_ratio", "equalized_odds_difference",
                        "equalized_odds_ratio", "equal_opportunity_difference"})


def judge(case: Case, settings: Mapping[str, Any]) -> Judgement:
    """Judge each protected column on its own."""
    numbers: list[Number] = []
    notes: list[str] = []
    for column in settings["groups"]:
        groups = case.holdout.rows[column].astype("string").fillna("(missing)").to_numpy()
        names, counts = np.unique(groups, return_counts=True)
        large = names[counts >= settings["minimum_group_size"]]
        small = names[counts < settings["minimum_group_size"]]
        if len(small):
            notes.append(f"{column}: not judged, fewer than {settings['minimum_group_size']} rows: {', '.join(small)}")
        kept = np.isin(groups, large)
        value = difference(settings["metric"], case.answers.take(kept), groups[kept]) if len(large) > 1 else None
        if value is None:
            notes.append(f"{column}: there are no two groups to compare")
        numbers += within(f"{settings['metric']} over {column}", value, settings)
    return Judgement(tuple(numbers), tuple(notes))


def difference(name: str, answers: Answers, groups: Array) -> float:
    """Return the fairness metric over the groups."""
    if name in _FAIRLEARN:
        import fairlearn.metrics

        return float(getattr(fairlearn.metrics, name)(
            answers.target == 1, answers.predictions.labels == 1, sensitive_features=groups))
    values = [_OF_NUMBERS[name](answers.take(groups == group)) for group in np.unique(groups)]
    return float(max(values) - min(values))


def _mean_prediction(answers: Answers) -> float:
    assert answers.predictions.scores is not None
    return float(answers.predictions.scores.mean())


def _rmse(answers: Answers) -> float:
    assert answers.predictions.scores is not None
    return float(np.sqrt(np.mean((answers.predictions.scores - answers.target) ** 2)))


_OF_NUMBERS: Mapping[str, Callable[[Answers], float]] = {
    "mean_prediction_difference": _mean_prediction, "rmse_difference": _rmse}
