"""Which rows are held out: at random, the newest, or whole groups. One seed, one answer."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from runtime.data.tables import columns_of
from runtime.features.columns import Array, text_of
from runtime.outcome import Refused


def held_out(rows: pd.DataFrame, split: Mapping[str, Any], time_column: str | None) -> Array:
    """Return a mask of the rows that are held out."""
    share, by, column = split["test"], split["by"], split["column"]
    if by == "random":
        mask = np.zeros(len(rows), dtype=bool)
        order = np.random.default_rng(split["seed"]).permutation(len(rows))
        mask[order[:round(len(rows) * share)]] = True
    elif by == "time":
        mask = _newest(rows, column or time_column, share)
    else:
        mask = _groups(rows, column, share, split["seed"])
    if mask.all() or not mask.any():
        raise Refused(f"splitting {len(rows)} rows by {by} leaves {int((~mask).sum())} to train on and "
                      f"{int(mask.sum())} to judge on: use another split, or more data")
    return mask


def _newest(rows: pd.DataFrame, column: str | None, share: float) -> Array:
    """Hold out the newest rows; those of one time stay together, so that no moment is on both sides."""
    if column is None or column not in rows.columns:
        raise Refused(f"the split by time finds no column `{column}`")
    times = columns_of(rows, [column])[column]
    if times.dtype.kind != "M" and times.dtype.kind not in "iuf":
        raise Refused(f"the split by time needs times or numbers, `{column}` holds neither")
    missing = pd.isna(times)
    if missing.any():
        raise Refused(f"the split by time finds {int(missing.sum())} rows without `{column}`")
    ordered = np.sort(times)
    first = ordered[min(len(ordered) - 1, len(ordered) - round(len(ordered) * share))]
    mask: Array = times >= first
    return mask


def _groups(rows: pd.DataFrame, column: str | None, share: float, seed: int) -> Array:
    """Hold out whole groups, in an order of chance, until the share of rows is reached."""
    if column is None or column not in rows.columns:
        raise Refused(f"the split by group finds no column `{column}`")
    keys = np.array([text_of(value) or "" for value in rows[column].tolist()], dtype=object)
    names, places, counts = np.unique(keys.astype(str), return_inverse=True, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(names))
    before = np.concatenate([[0], np.cumsum(counts[order])[:-1]])
    chosen = order[before < len(rows) * share]
    mask: Array = np.isin(places, chosen)
    return mask
