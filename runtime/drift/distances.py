"""Distances between a description of training and a window of production.

psi              population stability index over the bins, a missing value being one more bin
jensen-shannon   distance, the root of the divergence in bits: from 0 to 1
wasserstein      mean distance of the quantiles, in standard deviations of training
chi2             Cramér's V of the two samples: from 0 to 1
ks               largest difference of the cumulative shares: from 0 to 1

All are sizes of an effect. A p-value is none: on many rows every difference is significant.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Literal

import numpy as np

from runtime.drift.distributions import Description, bin_counts
from runtime.features.columns import Array, is_missing_in, read_column

FLOOR = 1e-4
"""Share that stands for an empty bin in psi: an empty bin would be infinitely far."""


def distance(reference: Description, values: Any, statistic: str) -> float | None:
    """Return how far values are from the description; None where the statistic says nothing about them."""
    column = read_column("window", reference["type"], values)
    if statistic in _OF_SHARES:
        before, now = _counts(reference, column)
        return _OF_SHARES[statistic](before, now) if before.sum() and now.sum() else None
    if reference["kind"] != "numbers" or not reference["quantiles"]:
        return None
    known = column[~np.isnan(column)]
    return _OF_NUMBERS[statistic](reference, known) if len(known) else None


def psi(before: Array, now: Array) -> float:
    """Return the population stability index of two vectors of counts."""
    first, second = (np.maximum(counts / counts.sum(), FLOOR) for counts in (before, now))
    return float(np.sum((second - first) * np.log(second / first)))


def jensen_shannon(before: Array, now: Array) -> float:
    """Return the Jensen-Shannon distance of two vectors of counts, base 2."""
    first, second = before / before.sum(), now / now.sum()
    middle = (first + second) / 2

    def divergence(shares: Array) -> float:
        held = shares > 0
        return float(np.sum(shares[held] * np.log2(shares[held] / middle[held])))
    return float(np.sqrt(max((divergence(first) + divergence(second)) / 2, 0.0)))


def cramers_v(before: Array, now: Array) -> float:
    """Return Cramér's V of two vectors of counts: the chi-squared statistic as the size of an effect."""
    table = np.stack([before, now]).astype(np.float64)
    table = table[:, table.sum(axis=0) > 0]
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True) / table.sum()
    return float(np.sqrt(np.sum((table - expected) ** 2 / expected) / table.sum()))


def wasserstein(reference: Description, known: Array) -> float:
    """Return the mean distance of the quantiles in standard deviations of training; in units where it has none."""
    quantiles = np.array(reference["quantiles"])
    now = np.quantile(known, np.linspace(0.0, 1.0, len(quantiles)))
    # The trapezoidal rule, as the quantiles are points of a curve and not samples.
    gaps = np.abs(now - quantiles)
    mean = float(np.mean((gaps[:-1] + gaps[1:]) / 2))
    return mean / (reference["standard_deviation"] or 1.0)


def kolmogorov_smirnov(reference: Description, known: Array) -> float:
    """Return the largest difference of the cumulative shares, at the quantiles of training."""
    quantiles = np.array(reference["quantiles"])
    points = np.unique(quantiles)
    ordered = np.sort(known)
    differences = []
    sides: tuple[Literal["left", "right"], ...] = ("left", "right")
    for side in sides:
        place = np.searchsorted(quantiles, points, side=side)
        before = np.where(place == 0, 0.0, np.minimum((place - (side == "right")) / (len(quantiles) - 1), 1.0))
        now = np.searchsorted(ordered, points, side=side) / len(ordered)
        differences.append(np.max(np.abs(before - now)))
    return float(max(differences))


def _counts(reference: Description, column: Array) -> tuple[Array, Array]:
    missing = is_missing_in(column)
    known = column[~missing]
    if reference["kind"] == "numbers":
        before, now = list(reference["counts"]), bin_counts(reference["edges"], known)
    else:
        before, now = _class_counts(reference, known)
    return (np.array([*before, reference["missing"]], dtype=np.float64),
            np.array([*now, int(missing.sum())], dtype=np.float64))


def _class_counts(reference: Description, known: Array) -> tuple[list[int], list[int]]:
    """Return counts over the classes of training, and in the last place over all others, seen or unseen."""
    counts = Counter(known.tolist())
    listed = list(reference["counts"])
    return ([*(reference["counts"][text] for text in listed), reference["rest"]],
            [*(counts[text] for text in listed), sum(counts.values()) - sum(counts[text] for text in listed)])


_OF_SHARES: Mapping[str, Callable[[Array, Array], float]] = {
    "psi": psi, "jensen-shannon": jensen_shannon, "chi2": cramers_v}
_OF_NUMBERS: Mapping[str, Callable[[Description, Array], float]] = {
    "wasserstein": wasserstein, "ks": kolmogorov_smirnov}
