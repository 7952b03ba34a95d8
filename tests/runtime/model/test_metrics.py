"""Every metric of the language is computed; those of our own agree with what they are defined by."""

import numpy as np
import pytest

from compiler.spec.metrics import FAIRNESS_METRICS
from compiler.spec.metrics import METRICS as LANGUAGE
from runtime.evaluation import ranking
from runtime.evaluation.evaluating import by_part, with_intervals
from runtime.evaluation.metrics import METRICS, Answers, compute
from runtime.gates.fairness import difference
from runtime.models.predicting import Predictions, from_probabilities

DRAW = np.random.default_rng(5)
BINARY = np.column_stack([1 - (p := DRAW.random(200)), p])
MANY = DRAW.dirichlet(np.ones(5), 200)
ANSWERS = {
    "classification": Answers((DRAW.random(200) < BINARY[:, 1]).astype(int), from_probabilities(BINARY), 2),
    "regression": Answers(DRAW.random(200) + 1, Predictions(scores=DRAW.random(200) + 1), 0),
    "ranking": Answers(DRAW.integers(0, 3, 200), Predictions(scores=DRAW.random(200)), 0, np.arange(200) // 20),
    "anomaly-detection": Answers(DRAW.integers(0, 2, 200),
                                 Predictions(labels=DRAW.integers(0, 2, 200), scores=DRAW.random(200)), 2),
}


def test_every_metric_of_the_language_is_one_of_the_runtime():
    assert set(METRICS) == set(LANGUAGE)


@pytest.mark.parametrize(("name", "task"), [(name, task) for name, metric in LANGUAGE.items()
                                            for task in sorted(metric.tasks)])
def test_a_metric_stays_within_what_the_language_says_of_it(name, task):
    value = compute(name, ANSWERS[task])
    facts = LANGUAGE[name]
    assert np.isfinite(value)
    assert facts.minimum is None or value >= facts.minimum
    assert facts.maximum is None or value <= facts.maximum


@pytest.mark.parametrize("name", [name for name, metric in LANGUAGE.items() if "classification" in metric.tasks])
def test_classes_may_be_many(name):
    answers = Answers(np.argmax(MANY[::-1], axis=1), from_probabilities(MANY), 5)
    assert np.isfinite(compute(name, answers))


@pytest.mark.parametrize("name", sorted(FAIRNESS_METRICS))
def test_every_fairness_metric_is_computed(name):
    task = "regression" if "regression" in FAIRNESS_METRICS[name].tasks else "classification"
    assert np.isfinite(difference(name, ANSWERS[task], np.arange(200) % 2))


def test_an_area_with_one_class_has_no_value():
    answers = ANSWERS["classification"]
    assert np.isnan(compute("roc_auc", answers.take(answers.target == 1)))
    assert np.isnan(compute("accuracy", answers.take(np.zeros(200, dtype=bool))))


def test_a_perfect_ranking_scores_one():
    relevance, scores = np.array([0, 2, 1, 0]), np.array([0.1, 0.9, 0.5, 0.2])
    for metric in (ranking.ndcg, ranking.average_precision, ranking.reciprocal_rank, ranking.recall_at_10):
        assert metric(relevance, scores) == pytest.approx(1)
    assert ranking.precision_at_10(relevance, scores) == pytest.approx(0.2)
    assert ranking.reciprocal_rank(relevance, -scores) == pytest.approx(1 / 3)


def test_calibration_error_of_an_honest_and_of_a_boasting_model():
    honest = Answers(np.array([0, 0, 0, 1] * 25), from_probabilities(np.tile([0.75, 0.25], (100, 1))), 2)
    boasting = Answers(np.array([0, 1] * 50), from_probabilities(np.tile([0.05, 0.95], (100, 1))), 2)
    assert compute("calibration_error", honest) == pytest.approx(0)
    assert compute("calibration_error", boasting) == pytest.approx(0.45)


def test_intervals_are_the_same_for_the_same_seed_and_hold_the_value():
    names = ("accuracy", "roc_auc")
    found = with_intervals(names, ANSWERS["classification"], seed=1)
    assert found == with_intervals(names, ANSWERS["classification"], seed=1)
    for name in names:
        assert found[name]["low"] <= found[name]["value"] <= found[name]["high"]


def test_small_parts_are_counted_and_not_measured():
    import pandas

    rows = pandas.DataFrame({"side": ["left"] * 150 + ["right"] * 48 + [None] * 2})
    found = by_part("side", ["accuracy"], ANSWERS["classification"], rows, minimum=10)
    assert sorted(found["measured"]) == ["left", "right"]
    assert found["too_small"] == {"(missing)": 2}
