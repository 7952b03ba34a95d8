"""A trial is measured on rows that no gate will see; training takes the best of all trials."""

import json

import pytest

from runtime.outcome import Refused
from runtime.steps.train import run as train
from runtime.steps.tune import run as tune
from runtime.tuning.sampling import parameters_of
from tests.runtime.contexts import context
from tests.runtime.model.examples import settings_of

TUNING = {"trials": 4, "metric": "rmse", "direction": "minimize", "seed": 0, "space": {
    "alpha": {"minimum": 0.001, "maximum": 10.0, "log": True, "integer": False}}}
SPLIT = {"test": 0.3, "by": "random", "column": None, "seed": 5}


def trial(prepared, tmp_path, item, tuning=TUNING, algorithm="ridge"):
    settings = {**settings_of(prepared, algorithm=algorithm), "tuning": tuning, "split": SPLIT, "time_column": None}
    return tune(context("tune", settings, tmp_path, item=item,
                        inputs={"train": prepared.train, "transform": prepared.transform})).numbers


@pytest.fixture
def results(regression, tmp_path):
    return [trial(regression, tmp_path, item) for item in (3, 0, 2, 1)]


def test_training_takes_the_best_of_the_trials(regression, tmp_path, results):
    assert {numbers["trial"] for numbers in results} == {0, 1, 2, 3}
    best = min(results, key=lambda numbers: numbers["value"])
    (tmp_path / "trials").write_text(json.dumps([{"numbers": numbers} for numbers in results]))
    train(context("train", settings_of(regression, algorithm="ridge", parameters={"alpha": 99.0, "solver": "svd"},
                                       tuning=TUNING), tmp_path, outputs={"model": tmp_path / "model"},
                  inputs={"train": regression.train, "transform": regression.transform,
                          "trials": tmp_path / "trials"}))
    training = json.loads((tmp_path / "model/training.json").read_text())
    assert training["parameters"] == {"solver": "svd", **parameters_of(best["trial"], TUNING)}


def test_a_trial_repeats_itself(regression, tmp_path, results):
    assert trial(regression, tmp_path, 2) == results[2]


def test_parameters_that_do_not_go_together_are_no_failure_of_the_search(regression, tmp_path):
    tuning = {**TUNING, "space": {"alpha": {"choices": [-1.0]}}}
    assert trial(regression, tmp_path, 1, tuning) == {"trial": 1}


def test_a_trial_has_a_number(regression, tmp_path):
    with pytest.raises(Refused, match="needs --item"):
        trial(regression, tmp_path, None)
