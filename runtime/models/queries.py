"""Ranking: rows that belong to one query stand together."""

import numpy as np

from runtime.models.examples import Array, Examples
from runtime.outcome import Refused


def by_query(examples: Examples, column: str | None) -> tuple[Examples, Array]:
    """Return the examples with the rows of a query together, and how many rows each query has."""
    if column is None or column not in examples.rows.columns:
        raise Refused(f"ranking needs the column that says which rows are of one query, and `{column}` is none: "
                      "set `data.query`")
    values = examples.rows[column].astype(str).to_numpy()
    order = np.argsort(values, kind="stable")
    _, sizes = np.unique(values, return_counts=True)
    target = None if examples.target is None else examples.target[order]
    return Examples(examples.features[order], examples.names, examples.rows.iloc[order].reset_index(drop=True),
                    target), sizes
