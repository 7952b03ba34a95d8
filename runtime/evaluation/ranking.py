"""Metrics of one ranked list, and their mean over the queries. A relevance above zero is relevant.

NDCG with gain 2^relevance - 1 and discount log2(rank + 1): Burges et al., 2005.
"""

from collections.abc import Callable

import numpy as np

from runtime.models.predicting import Array

_FIRST = 10


def mean_over_queries(metric: Callable[[Array, Array], float], relevance: Array, scores: Array,
                      queries: Array) -> float:
    """Return the mean over the queries that have anything relevant; NaN when none has."""
    lists = (np.flatnonzero(queries == query) for query in np.unique(queries))
    values = [metric(relevance[rows], scores[rows]) for rows in lists if relevance[rows].max() > 0]
    return float(np.mean(values)) if values else float("nan")


def ndcg(relevance: Array, scores: Array) -> float:
    """Return the normalised discounted cumulative gain."""
    ideal = _gain(np.sort(relevance)[::-1])
    return _gain(_ranked(relevance, scores)) / ideal


def average_precision(relevance: Array, scores: Array) -> float:
    """Return the mean of the precisions at the ranks of what is relevant."""
    hits = _ranked(relevance, scores) > 0
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())


def reciprocal_rank(relevance: Array, scores: Array) -> float:
    """Return one over the rank of the first that is relevant."""
    return 1 / (1 + int(np.argmax(_ranked(relevance, scores) > 0)))


def precision_at_10(relevance: Array, scores: Array) -> float:
    """Return the share of the first ten that is relevant."""
    return float((_ranked(relevance, scores)[:_FIRST] > 0).sum() / _FIRST)


def recall_at_10(relevance: Array, scores: Array) -> float:
    """Return the share of what is relevant that is among the first ten."""
    hits = _ranked(relevance, scores) > 0
    return float(hits[:_FIRST].sum() / hits.sum())


def _ranked(relevance: Array, scores: Array) -> Array:
    return np.asarray(relevance[np.argsort(-scores, kind="stable")])


def _gain(ranked: Array) -> float:
    return float(((2.0**ranked - 1) / np.log2(np.arange(2, len(ranked) + 2))).sum())
