"""Metrics for Prometheus: counted in plain numbers, put into words only when they are read.

The names are those of the rules that the compiler renders. A request pays for two additions and one
search among the buckets.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from runtime.serving.datatypes import Array

_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_SHARES = tuple(round(tenth / 10, 1) for tenth in range(1, 11))
_VALUES = tuple(sorted(sign * digit * 10.0**power for sign in (-1, 1) for digit in (1, 2, 5) for power in range(-3, 7)))
_MOST_CLASSES = 1000
CONTENT_TYPE = b"text/plain; version=0.0.4; charset=utf-8"


class Histogram:
    """Counts by bucket, and their sum."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: Sequence[float]) -> None:
        """Take the upper ends of the buckets, in order."""
        self.bounds = tuple(bounds)
        self.counts = [0] * (len(self.bounds) + 1)
        self.total = 0.0

    def observe(self, value: float) -> None:
        """Count one value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value

    def observe_all(self, values: Array) -> None:
        """Count many values; those that are no number are left out."""
        finite = values[np.isfinite(values)].astype(np.float64)
        found = np.bincount(np.searchsorted(self.bounds, finite), minlength=len(self.counts))
        self.counts = [a + b for a, b in zip(self.counts, found.tolist(), strict=True)]
        self.total += float(finite.sum())

    def lines(self, name: str, labels: Mapping[str, str]) -> Iterable[str]:
        """Yield the lines of the text format."""
        seen = 0
        for bound, count in zip((*map(_number, self.bounds), "+Inf"), self.counts, strict=True):
            seen += count
            yield f"{name}_bucket{_labels({**labels, 'le': bound})} {seen}"
        yield f"{name}_sum{_labels(labels)} {self.total!r}"
        yield f"{name}_count{_labels(labels)} {seen}"


class Predictions:
    """What one model answered: how often each class and how surely, or which numbers."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        self.classes: dict[Any, int] = {}
        self.shares = Histogram(_SHARES)
        self.values = Histogram(_VALUES)

    def count(self, outputs: Mapping[str, Array]) -> None:
        """Count the answers to one request."""
        for name, array in outputs.items():
            if name == "label":
                self._count_classes(array)
            elif name == "probabilities":
                self._count_shares(array)
            elif array.dtype.kind == "f":
                self.values.observe(float(array.reshape(-1)[0])) if array.size == 1 else self.values.observe_all(
                    array.reshape(-1))

    def _count_classes(self, labels: Array) -> None:
        known = self.classes
        for label in labels.reshape(-1).tolist():
            if label in known:
                known[label] += 1
            elif len(known) < _MOST_CLASSES:
                known[label] = 1

    def _count_shares(self, shares: Array) -> None:
        if len(shares) == 1:
            self.shares.observe(max(shares[0].tolist()))
        elif shares.ndim == 2:
            self.shares.observe_all(shares.max(axis=1))


class Metrics:
    """Everything that the server counts."""

    def __init__(self, objectives_milliseconds: Iterable[int] = ()) -> None:
        """Make a bucket end at each objective: no other says who was within it."""
        self.codes: dict[int, int] = {}
        self.duration = Histogram(sorted({*_SECONDS, *(each / 1000 for each in objectives_milliseconds)}))
        self.in_flight = 0
        self.predictions: dict[tuple[str, str], Predictions] = {}

    def answered(self, code: int, seconds: float) -> None:
        """Count a request that was answered."""
        self.codes[code] = self.codes.get(code, 0) + 1
        self.duration.observe(seconds)

    def of_model(self, name: str, version: str) -> Predictions:
        """Return the counters of a model."""
        return self.predictions.setdefault((name, version), Predictions())

    def text(self) -> bytes:
        """Return everything in the text format of Prometheus."""
        return ("\n".join(self._lines()) + "\n").encode()

    def _lines(self) -> Iterable[str]:
        yield from _head("mlproject_requests_total", "counter", "answered requests, by HTTP status")
        for code, count in sorted(self.codes.items()):
            yield f"mlproject_requests_total{_labels({'code': str(code)})} {count}"
        yield from _head("mlproject_request_duration_seconds", "histogram", "time to answer")
        yield from self.duration.lines("mlproject_request_duration_seconds", {})
        yield from _head("mlproject_requests_in_flight", "gauge", "requests that wait for their answer")
        yield f"mlproject_requests_in_flight {self.in_flight}"
        models = sorted(self.predictions.items())
        yield from _head("mlproject_predictions_total", "counter", "predictions, by class")
        for (name, version), made in models:
            for label, count in sorted(made.classes.items(), key=lambda item: str(item[0])):
                yield (f"mlproject_predictions_total"
                       f"{_labels({'model': name, 'version': version, 'class': str(label)})} {count}")
        for metric, attribute, meaning in (("mlproject_prediction_probability", "shares", "of the class predicted"),
                                           ("mlproject_prediction_value", "values", "numbers predicted")):
            yield from _head(metric, "histogram", meaning)
            for (name, version), made in models:
                histogram: Histogram = getattr(made, attribute)
                if any(histogram.counts):
                    yield from histogram.lines(metric, {"model": name, "version": version})


def _head(name: str, kind: str, meaning: str) -> Iterable[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"


def _labels(labels: Mapping[str, str]) -> str:
    return "{" + ",".join(f'{key}="{_escaped(value)}"' for key, value in labels.items()) + "}" if labels else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return repr(value)
