"""Columns of another table as they were known at the time of each row: never from its future."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from runtime.features.columns import text_of
from runtime.outcome import Refused
from runtime.validation.typed import typed


def joined(rows: pd.DataFrame, time_column: str, other: pd.DataFrame, join: Mapping[str, Any]) -> pd.DataFrame:
    """Return rows, in their order, with the columns of the newest row of other that is not newer than each.

    A row of other is as old as its time says; one older than the tolerance does not count. Of several
    at one time the last one does.
    """
    taken = _taken(rows, other, join)
    left = pd.DataFrame({"place": np.arange(len(rows)), "time": _moments(rows[time_column])} | _keys(rows, join["on"]))
    right = pd.DataFrame({"time": _moments(other[join["time_column"]])} | _keys(other, join["on"]))
    right[taken] = other[taken].to_numpy(dtype=object)
    known = left["time"].notna()
    tolerance = join["tolerance_seconds"]
    found = pd.merge_asof(
        left[known].sort_values("time", kind="stable"),
        right[right["time"].notna()].sort_values("time", kind="stable"),
        on="time", by=[f"key{index}" for index in range(len(join["on"]))], direction="backward",
        tolerance=None if tolerance is None else pd.Timedelta(seconds=tolerance))
    made = rows.copy()
    for column in taken:
        values = pd.Series(index=np.arange(len(rows)), dtype=object)
        values.loc[found["place"].to_numpy()] = found[column].to_numpy()
        made[column] = _like(values, other[column]).to_numpy()
    return made


def _taken(rows: pd.DataFrame, other: pd.DataFrame, join: Mapping[str, Any]) -> list[str]:
    unknown = [column for column in (*join["on"], join["time_column"], *(join["columns"] or ()))
               if column not in other.columns]
    unknown += [column for column in join["on"] if column not in rows.columns]
    if unknown:
        raise Refused(f"the join with source `{join['source']}` finds no column {', '.join(sorted(set(unknown)))}")
    hidden = {*join["on"], join["time_column"]}
    taken = list(join["columns"] or [column for column in other.columns if column not in hidden])
    both = sorted(set(taken) & set(rows.columns))
    if both:
        raise Refused(f"the join with source `{join['source']}` brings {', '.join(both)}, which the examples have too: "
                      "name the columns to take")
    return taken


def _keys(rows: pd.DataFrame, on: Sequence[str]) -> dict[str, list[str | None]]:
    # As texts, so that 7 of a CSV file meets "7" of a Parquet file.
    return {f"key{index}": [text_of(value) for value in rows[column].tolist()] for index, column in enumerate(on)}


def _moments(times: pd.Series) -> Any:
    # What is no time is unknown, and an unknown time is known at no other.
    return typed(times, "timestamp")[0].to_numpy()


def _like(values: pd.Series, original: pd.Series) -> pd.Series:
    if original.dtype.kind in "iuf":
        return values.astype("float64")
    if original.dtype.kind == "M":
        return pd.to_datetime(values)
    return values.where(values.notna(), None)
