"""Measure production's window: each monitor has a window of its own, and a limit for each column."""

import math
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from runtime.data.tables import columns_of, types_of
from runtime.drift.distances import distance
from runtime.drift.pinned import PinnedModel
from runtime.drift.predictions import prediction_distance
from runtime.evaluation.metrics import Answers, compute
from runtime.models.onnx_model import OnnxModel
from runtime.models.predicting import Predictions
from runtime.validation.typed import typed

MINIMUM_ROWS = 100
"""Fewer rows than this say nothing: their distance is mostly chance."""
PREDICTION, PERFORMANCE = "prediction", "performance"


class Measurement(NamedTuple):
    """What a monitor found: a value for each column (or metric), and whether it is beyond its limit."""

    monitor: str
    kind: str
    rows: int
    values: Mapping[str, float]
    beyond: tuple[str, ...]

    @property
    def is_measured(self) -> bool:
        """Tell whether the window had anything to measure."""
        return bool(self.values)


def as_declared(rows: pd.DataFrame, declared: Mapping[str, str]) -> pd.DataFrame:
    """Return rows in the types of the contract; a value of another type is a missing one."""
    types = types_of(rows, declared)
    return pd.DataFrame({name: typed(rows[name], kind)[0] for name, kind in types.items()})


def measure(monitors: list[Mapping[str, Any]], rows: pd.DataFrame, pinned: PinnedModel, *, task: str,
            target: str | None, time_column: str | None) -> Iterator[Measurement]:
    """Yield what each monitor finds in its window of rows."""
    model = OnnxModel(pinned.onnx, task)
    for monitor in monitors:
        window = _window(rows, time_column, monitor, target)
        if len(window) < MINIMUM_ROWS:
            yield Measurement(monitor["name"], monitor["kind"], len(window), {}, ())
            continue
        if monitor["kind"] == "data":
            values = dict(_of_columns(monitor, window, pinned))
        else:
            columns = columns_of(window, [name for name in pinned.transform.columns if name in window.columns])
            answers = model.predict(pinned.transform.apply(columns))
            values = dict(_of_answers(monitor, window, answers, pinned, target))
        beyond = tuple(name for name, value in values.items() if _is_beyond(value, monitor))
        yield Measurement(monitor["name"], monitor["kind"], len(window), values, beyond)


def _window(rows: pd.DataFrame, time_column: str | None, monitor: Mapping[str, Any],
            target: str | None) -> pd.DataFrame:
    """Return the newest rows of a window, without a time all that production keeps; of these, those with a label."""
    if monitor["kind"] == PERFORMANCE:
        return rows[rows[target].notna()] if target in rows.columns else rows.iloc[:0]
    if time_column is None or time_column not in rows.columns or not len(rows):
        return rows
    times = rows[time_column]
    return rows[times > times.max() - timedelta(seconds=monitor["window_seconds"])]


def _of_columns(monitor: Mapping[str, Any], window: pd.DataFrame, pinned: PinnedModel) -> Iterator[tuple[str, float]]:
    described = pinned.profile["columns"]
    for name in monitor["columns"] or [name for name in pinned.transform.columns if name in described]:
        if name not in described:
            continue
        # A column that production no longer has is missing in every row: as far as it can be.
        values = columns_of(window, [name])[name] if name in window.columns else np.full(len(window), None)
        found = distance(described[name], values, monitor["statistic"])
        if found is not None:
            yield name, found


def _of_answers(monitor: Mapping[str, Any], window: pd.DataFrame, answers: Predictions, pinned: PinnedModel,
                target: str | None) -> Iterator[tuple[str, float]]:
    classes = pinned.transform.classes
    if monitor["kind"] == PREDICTION:
        found = prediction_distance(pinned.predictions, answers, classes, monitor["statistic"])
        if found is not None:
            yield PREDICTION, found
        return
    assert target is not None
    truth = pinned.transform.encode_target(columns_of(window, [target])[target])
    value = compute(monitor["metric"], Answers(truth, answers, len(classes or ())))
    if not math.isnan(value):
        yield monitor["metric"], value


def _is_beyond(value: float, monitor: Mapping[str, Any]) -> bool:
    low, high = monitor.get("minimum"), monitor.get("maximum")
    return (low is not None and value < low) or (high is not None and value > high)
