"""Aggregates over earlier rows of a group, as they were known at the time of each row.

The history is that of the training rows, and it travels with the transform. So a training row, a
held-out row and a request are computed by one function of the row and the history, and the
held-out rows are judged with the staleness that serving has. Rows at the very time of a row are
not earlier. Without a time, a group has one value: that of all its training rows.
"""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from runtime.features.columns import Array, text_of


class History(NamedTuple):
    """Values by group and time; `groups` says where each group starts and ends."""

    groups: Mapping[str, tuple[int, int]]
    times: Array
    values: Array


def compile_aggregate(operation: Mapping[str, Any]) -> Callable[[dict[str, Array]], None]:
    """Return the function that adds the aggregate as a column."""
    name, by, time, window = operation["name"], operation["by"], operation["time"], operation["window_seconds"]
    history = _unpacked(operation["history"])
    answers = _FUNCTIONS[operation["function"]](history)

    def change(work: dict[str, Array]) -> None:
        keys = group_keys([work[f"raw:{column}"] for column in by])
        made = np.full(len(keys), np.nan)
        moments = None if time is None else work[f"raw:{time}"].astype(np.int64)
        for key, rows in _rows_by_key(keys).items():
            first, last = history.groups.get(key, (0, 0))
            if moments is None:
                low, high = np.array([first]), np.array([last])
            else:
                low, high = _spans(history.times[first:last], moments[rows], window, first)
            made[rows] = answers(low, high)
        if time is not None:
            made[np.isnat(work[f"raw:{time}"])] = np.nan
        work[name] = made
    return change


def group_keys(columns: Sequence[Array]) -> list[str]:
    """Return one text for each row that says its group without a doubt."""
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [json.dumps([text_of(value) for value in row]) for row in rows]


def packed(keys: Sequence[str], times: Array | None, values: Array) -> dict[str, Any]:
    """Return the history of some rows as JSON: a row with a missing value or time has none."""
    known = ~np.isnan(values)
    if times is not None:
        known &= ~np.isnat(times)
    moments = np.zeros(len(values), dtype=np.int64) if times is None else times.astype(np.int64)
    chosen = np.flatnonzero(known)
    order = sorted(chosen.tolist(), key=lambda row: (keys[row], moments[row]))
    groups: dict[str, list[int]] = {}
    for place, row in enumerate(order):
        groups.setdefault(keys[row], [place, place])[1] = place + 1
    return {"groups": groups, "times": _encoded(moments[order], "<i8"), "values": _encoded(values[order], "<f8")}


def _unpacked(history: Mapping[str, Any]) -> History:
    return History({key: (first, last) for key, (first, last) in history["groups"].items()},
                   np.frombuffer(base64.b64decode(history["times"]), "<i8"),
                   np.frombuffer(base64.b64decode(history["values"]), "<f8"))


def _encoded(array: Array, type_name: str) -> str:
    return base64.b64encode(array.astype(type_name).tobytes()).decode()


def _rows_by_key(keys: Sequence[str]) -> dict[str, Array]:
    rows: dict[str, list[int]] = {}
    for row, key in enumerate(keys):
        rows.setdefault(key, []).append(row)
    return {key: np.array(places) for key, places in rows.items()}


def _spans(times: Array, moments: Array, window_seconds: int | None, first: int) -> tuple[Array, Array]:
    high = np.searchsorted(times, moments, side="left") + first
    if window_seconds is None:
        return np.full(len(moments), first), high
    return np.searchsorted(times, moments - window_seconds * 1_000_000, side="left") + first, high


Answers = Callable[[Array, Array], Array]


def _count(_history: History) -> Answers:
    return lambda low, high: (high - low).astype(np.float64)


def _sum(history: History) -> Answers:
    running = np.concatenate([[0.0], np.cumsum(history.values)])
    return lambda low, high: running[high] - running[low]


def _mean(history: History) -> Answers:
    total = _sum(history)
    return lambda low, high: _divided(total(low, high), high - low)


def _standard_deviation(history: History) -> Answers:
    # Squares of values far from zero would cancel; those of distances from the mean do not.
    centred = history.values - (history.values.mean() if len(history.values) else 0.0)
    total, squares = _sum(history._replace(values=centred)), _sum(history._replace(values=centred**2))

    def answers(low: Array, high: Array) -> Array:
        mean = _divided(total(low, high), high - low)
        made: Array = np.sqrt(np.maximum(_divided(squares(low, high), high - low) - mean**2, 0.0))
        return made
    return answers


def _divided(total: Array, count: Array) -> Array:
    made: Array = np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0)
    return made


def _extreme(history: History, choose: Any) -> Answers:
    """Return answers from a sparse table: level k holds the extreme of 2**k values from each place on."""
    levels = [history.values]
    while len(levels[-1]) > 2 ** (len(levels) - 1):
        step = 2 ** (len(levels) - 1)
        levels.append(choose(levels[-1][:-step], levels[-1][step:]))

    def answers(low: Array, high: Array) -> Array:
        made = np.full(len(low), np.nan)
        for row in np.flatnonzero(high > low).tolist():
            level = int(high[row] - low[row]).bit_length() - 1
            made[row] = choose(levels[level][low[row]], levels[level][high[row] - 2**level])
        return made
    return answers


_FUNCTIONS: Mapping[str, Callable[[History], Answers]] = {
    "count": _count, "sum": _sum, "mean": _mean, "standard-deviation": _standard_deviation,
    "minimum": lambda history: _extreme(history, np.minimum), "maximum": lambda history: _extreme(history, np.maximum)}
