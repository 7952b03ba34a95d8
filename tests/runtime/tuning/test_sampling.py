"""A trial is a function of its number: whoever computes it, whenever, finds the same parameters."""

import json

import pytest

from runtime.outcome import Refused
from runtime.tuning.choosing import best_parameters
from runtime.tuning.sampling import parameters_of

TUNING = {"trials": 8, "metric": "rmse", "direction": "minimize", "seed": 3, "space": {
    "learning_rate": {"minimum": 0.01, "maximum": 1.0, "log": True, "integer": False},
    "num_leaves": {"minimum": 15, "maximum": 255, "log": False, "integer": True},
    "penalty": {"choices": ["l1", "l2", None]}}}


def trials(tmp_path, *values, as_text=False):
    results = [{"contract": 1, "step": "tune", "verdict": "pass",
                "numbers": {"trial": float(index)} | ({} if value is None else {"value": value})}
               for index, value in enumerate(values)]
    file = tmp_path / "trials"
    file.write_text(json.dumps([json.dumps(result) for result in results] if as_text else results))
    return file


def test_the_order_of_trials_does_not_matter():
    backwards = {trial: parameters_of(trial, TUNING) for trial in reversed(range(8))}
    assert [parameters_of(trial, TUNING) for trial in range(8)] == [backwards[trial] for trial in range(8)]


def test_more_trials_leave_the_first_as_they_are():
    assert parameters_of(2, TUNING) == parameters_of(2, {**TUNING, "trials": 99})
    assert parameters_of(2, TUNING) != parameters_of(2, {**TUNING, "seed": 4})


def test_the_space_is_covered_evenly():
    found = [parameters_of(trial, TUNING) for trial in range(8)]
    assert all(0.01 <= one["learning_rate"] <= 1 and type(one["num_leaves"]) is int for one in found)
    # Eight points of a Sobol sequence: one in each eighth of every axis, on its own scale.
    assert sum(one["learning_rate"] < 0.1 for one in found) == 4
    assert sum(one["num_leaves"] <= 135 for one in found) == 4
    assert {one["penalty"] for one in found} <= {"l1", "l2", None}


def test_there_is_no_trial_beyond_the_last():
    with pytest.raises(Refused, match="there is no trial 8"):
        parameters_of(8, TUNING)


@pytest.mark.parametrize("as_text", [False, True])
@pytest.mark.parametrize(("direction", "values", "best"), [
    pytest.param("minimize", (3.0, 1.0, 2.0), 1, id="the smallest error"),
    pytest.param("maximize", (0.3, 0.1, 0.2), 0, id="the largest area"),
    pytest.param("minimize", (None, 2.0, None), 1, id="the only one with a value"),
    pytest.param("maximize", (0.5, 0.5, 0.1), 0, id="the first of equals"),
])
def test_the_best_trial(tmp_path, direction, values, best, as_text):
    tuning = {**TUNING, "direction": direction}
    assert best_parameters(trials(tmp_path, *values, as_text=as_text), tuning) == parameters_of(best, TUNING)


def test_a_search_that_found_nothing_is_refused(tmp_path):
    with pytest.raises(Refused, match="none of the 8 trials found a value of rmse"):
        best_parameters(trials(tmp_path, None, None), TUNING)
