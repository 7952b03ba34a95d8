"""Every metric over all held-out rows with its interval, and over each slice and each group."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from runtime.evaluation.metrics import Answers, compute

if TYPE_CHECKING:
    import pandas

REPETITIONS = 100
CONFIDENCE = 0.95
MOST_ROWS = 4_000
"""Rows of one bootstrap sample; an interval of more rows is scaled to their number."""
MOST_PARTS = 100


def with_intervals(names: Sequence[str], answers: Answers, *, seed: int) -> dict[str, dict[str, float | None]]:
    """Return, for each metric, its value and a percentile bootstrap interval (Efron, 1979), seeded."""
    samples = _samples(len(answers.target), seed)
    found = {}
    for name in names:
        value = compute(name, answers)
        spread = [compute(name, answers.take(rows)) for rows in samples]
        low, high = _interval(value, np.array(spread), len(answers.target))
        found[name] = {"value": _number(value), "low": _number(low), "high": _number(high)}
    return found


def by_part(column: str, names: Sequence[str], answers: Answers, rows: "pandas.DataFrame", *,
            minimum: int) -> dict[str, Any]:
    """Return the metrics of each value of a column; parts with fewer rows than minimum are listed and not measured."""
    values = rows[column].astype("string").fillna("(missing)").to_numpy()
    parts, counts = np.unique(values, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    measured: dict[str, Any] = {}
    small: dict[str, int] = {}
    for part, count in zip(parts[order].tolist(), counts[order].tolist(), strict=True):
        if count < minimum or len(measured) == MOST_PARTS:
            small[part] = count
            continue
        taken = answers.take(values == part)
        measured[part] = {"rows": count, "metrics": {name: _number(compute(name, taken)) for name in names}}
    return {"measured": dict(sorted(measured.items())), "too_small": dict(sorted(small.items()))}


def _samples(rows: int, seed: int) -> list[Any]:
    draw = np.random.default_rng(seed)
    size = min(rows, MOST_ROWS)
    return [draw.integers(0, rows, size) for _ in range(REPETITIONS)] if rows else []


def _interval(value: float, spread: Any, rows: int) -> tuple[float, float]:
    spread = spread[np.isfinite(spread)]
    if not len(spread) or not np.isfinite(value):
        return float("nan"), float("nan")
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(spread, [tail, 1 - tail])
    scale = min(1.0, (MOST_ROWS / rows) ** 0.5)
    return value - (value - low) * scale, value + (high - value) * scale


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def numbers_of(metrics: Mapping[str, Mapping[str, float | None]]) -> dict[str, float]:
    """Return the values that exist, by metric."""
    return {name: found["value"] for name, found in metrics.items() if found["value"] is not None}
