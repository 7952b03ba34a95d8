"""What a model learns from and is judged on: a matrix of features, the rows they were made of, the target."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from pyarrow import parquet

from runtime.features import FittedTransform

if TYPE_CHECKING:
    import pandas

Array = np.ndarray[Any, Any]


class Examples(NamedTuple):
    """`features` is float32 (rows, features), `rows` the raw columns of the same rows; `target` may be None.

    Classes stand in the target as their places in the transform's `classes`.
    """

    features: Array
    names: tuple[str, ...]
    rows: "pandas.DataFrame"
    target: Array | None


def load_examples(folder: Path, transform: FittedTransform, target: str | None) -> Examples:
    """Return the examples that the step `features` wrote to folder."""
    table = parquet.read_table(folder / "features.parquet")
    matrix = np.column_stack([column.to_numpy() for column in table.columns]).astype(np.float32, copy=False)
    rows = parquet.read_table(folder / "rows.parquet").to_pandas()
    known = transform.encode_target(rows[target].to_numpy()) if target is not None else None
    return Examples(np.ascontiguousarray(matrix), tuple(table.column_names), rows, known)
