"""What each fitted operation does to the columns of some rows.

An operation is a JSON object with a `kind` and a `column`. `compiled` makes it a function that
changes the working columns: names, and values as `columns` reads them.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from runtime.features.aggregates import compile_aggregate
from runtime.features.columns import MICROSECONDS, Array, is_missing_in, texts

Work = dict[str, Array]
Operation = Mapping[str, Any]
Change = Callable[[Work], None]

UNKNOWN = -1.0
"""What ordinal makes of a class that is missing or was never seen."""


def compiled(operation: Operation) -> Change:
    """Return the function that applies operation."""
    return _COMPILERS[operation["kind"]](operation)


def as_texts(column: Array) -> Array:
    """Return a working column as classes."""
    return column if column.dtype.kind == "O" else texts("", column)


def _scale(operation: Operation) -> Change:
    column, centre, spread = operation["column"], operation["centre"], operation["spread"]

    def change(work: Work) -> None:
        work[column] = (work[column] - centre) / spread
    return change


def _log(operation: Operation) -> Change:
    column = operation["column"]

    def change(work: Work) -> None:
        # The sign is kept, so that the logarithm is defined for every number and rises everywhere.
        work[column] = np.sign(work[column]) * np.log1p(np.abs(work[column]))
    return change


def _bucket(operation: Operation) -> Change:
    column, edges = operation["column"], np.array(operation["edges"], dtype=np.float64)

    def change(work: Work) -> None:
        values = work[column]
        work[column] = np.where(np.isnan(values), np.nan, np.searchsorted(edges, values, side="right"))
    return change


def _fill(operation: Operation) -> Change:
    column, value = operation["column"], operation["value"]

    def change(work: Work) -> None:
        values = work[column].copy()
        values[is_missing_in(values)] = np.datetime64(value, "us") if values.dtype.kind == "M" else value
        work[column] = values
    return change


def _drop(operation: Operation) -> Change:
    column = operation["column"]

    def change(work: Work) -> None:
        del work[column]
    return change


def _ordinal(operation: Operation) -> Change:
    column = operation["column"]
    numbers = {text: float(index) for index, text in enumerate(operation["categories"])}

    def change(work: Work) -> None:
        values = as_texts(work[column]).tolist()
        work[column] = np.array([numbers.get(value, UNKNOWN) for value in values], dtype=np.float64)
    return change


def _date_parts(operation: Operation) -> Change:
    column, parts = operation["column"], operation["parts"]

    def change(work: Work) -> None:
        moments = work.pop(column)
        missing = np.isnat(moments)
        for part in parts:
            values = _PARTS[part](np.where(missing, np.datetime64(0, "us"), moments)).astype(np.float64)
            work[f"{column}.{part}"] = np.where(missing, math.nan, values)
    return change


def _whole(moments: Array, unit: str) -> Array:
    return moments.astype(f"datetime64[{unit}]").astype(np.int64)


_PARTS: Mapping[str, Callable[[Array], Array]] = {
    "year": lambda moments: _whole(moments, "Y") + 1970,
    "month": lambda moments: _whole(moments, "M") % 12 + 1,
    "day": lambda moments: _whole(moments, "D") - _whole(moments.astype("datetime64[M]").astype(MICROSECONDS), "D") + 1,
    "weekday": lambda moments: (_whole(moments, "D") + 3) % 7,
    "hour": lambda moments: _whole(moments, "h") % 24,
    "minute": lambda moments: _whole(moments, "m") % 60,
}

_COMPILERS: Mapping[str, Callable[[Operation], Change]] = {
    "scale": _scale, "log": _log, "bucket": _bucket, "fill": _fill, "drop": _drop, "ordinal": _ordinal,
    "date-parts": _date_parts, "aggregate": compile_aggregate}
