"""The best trial, from the results of all."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from runtime.outcome import Refused
from runtime.tuning.sampling import parameters_of

TRIAL, VALUE = "trial", "value"
"""Names of the numbers in a trial's result; a trial that found nothing has no value."""


def best_parameters(trials: Path, tuning: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of the best trial, of the first of equals.

    Results hold numbers alone, so the parameters are made again from the number of the trial.
    """
    values = _values(json.loads(trials.read_text(encoding="utf-8")))
    if not values:
        raise Refused(f"none of the {tuning['trials']} trials found a value of {tuning['metric']}")
    sign = -1 if tuning["direction"] == "maximize" else 1
    return parameters_of(min(values, key=lambda trial: (sign * values[trial], trial)), tuning)


def _values(results: list[Any]) -> dict[int, float]:
    """Return the value of each trial that found one; an orchestrator may pass a result on as text."""
    found = {}
    for result in results:
        numbers = (json.loads(result) if isinstance(result, str) else result)["numbers"]
        if VALUE in numbers:
            found[int(numbers[TRIAL])] = float(numbers[VALUE])
    return found
