"""A column in a few numbers: counts over bins or classes, and the quantiles of numbers. numpy alone.

The description is what distances are measured against, so it holds all that they need and no row.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from runtime.features.columns import READERS, Array, is_missing_in, read_column

BINS = 10
"""Bins of numbers: an equal share of the training rows in each."""
FEW_VALUES = 25
"""Numbers with no more distinct values get a bin for each."""
CLASSES = 200
"""Classes that are counted apart; rarer ones are counted together."""
_QUANTILES = np.linspace(0.0, 1.0, 201)

Description = Mapping[str, Any]


def describe(name: str, type_name: str, values: Any) -> Description:
    """Return the description of a column; a time is described by its ends, and has no distance."""
    column = read_column(name, type_name, values)
    reader = READERS[type_name].__name__
    known = column[~is_missing_in(column)]
    common = {"type": type_name, "rows": len(column), "missing": len(column) - len(known)}
    if reader == "numbers":
        return common | {"kind": "numbers"} | _of_numbers(known)
    if reader == "texts":
        return common | {"kind": "classes"} | _of_classes(known)
    ends = [str(known.min()), str(known.max())] if len(known) else None
    return common | {"kind": "times", "ends": ends}


def bin_counts(edges: list[float], known: Array) -> list[int]:
    """Return how many numbers are in each bin: below the first edge, between edges, from the last one on."""
    places = np.searchsorted(np.array(edges), known, side="right")
    return [int(count) for count in np.bincount(places, minlength=len(edges) + 1)]


def _of_numbers(known: Array) -> dict[str, Any]:
    if not len(known):
        return {"edges": [], "counts": [0], "quantiles": [], "mean": None, "standard_deviation": None}
    edges = _edges(known)
    return {"edges": edges, "counts": bin_counts(edges, known), "mean": float(known.mean()),
            "standard_deviation": float(known.std()),
            "quantiles": [float(value) for value in np.quantile(known, _QUANTILES)]}


def _edges(known: Array) -> list[float]:
    distinct = np.unique(known)
    if len(distinct) <= FEW_VALUES:
        # A bin for each value, one for what is below and one for what is above all of them.
        between = (distinct[:-1] + distinct[1:]) / 2
        return [float(distinct[0]), *(float(edge) for edge in between), float(np.nextafter(distinct[-1], np.inf))]
    inner = np.quantile(known, np.linspace(0.0, 1.0, BINS + 1)[1:-1])
    return [float(edge) for edge in np.unique(inner)]


def _of_classes(known: Array) -> dict[str, Any]:
    counts = Counter(known.tolist())
    kept = sorted(counts, key=lambda text: (-counts[text], text))[:CLASSES]
    return {"counts": {text: counts[text] for text in kept},
            "rest": sum(counts.values()) - sum(counts[text] for text in kept)}
