"""The artifact `data`: one Parquet file for each source, which also says when its data was written."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

_MODIFIED = b"mlproject.modified"
_TYPES = {"i": "int64", "u": "int64", "f": "float64", "b": "bool", "M": "timestamp", "O": "category"}


def write_table(folder: Path, name: str, rows: pd.DataFrame, modified: datetime | None) -> None:
    """Write the rows of a source."""
    folder.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pandas(rows, preserve_index=False)
    metadata = dict(table.schema.metadata or {}) | ({_MODIFIED: modified.isoformat().encode()} if modified else {})
    pq.write_table(table.replace_schema_metadata(metadata), folder / f"{name}.parquet")


def read_rows(folder: Path, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the rows of a source."""
    return pq.read_table(folder / f"{name}.parquet", columns=columns).to_pandas()


def modified_of(folder: Path, name: str) -> datetime | None:
    """Return when the data of a source was written, as far as its store knows."""
    said = (pq.read_schema(folder / f"{name}.parquet").metadata or {}).get(_MODIFIED)
    return datetime.fromisoformat(said.decode()) if said else None


def types_of(rows: pd.DataFrame, declared: Mapping[str, str]) -> dict[str, str]:
    """Return the type of each column: as the contract declares it, else as the data suggests."""
    return {name: declared.get(name) or _suggested(rows[name]) for name in rows.columns}


def columns_of(rows: pd.DataFrame, names: Sequence[str]) -> dict[str, np.ndarray[Any, Any]]:
    """Return columns as the features read them: numbers, times and texts, None for what is missing."""
    made = {}
    for name in names:
        series = rows[name]
        if isinstance(series.dtype, pd.DatetimeTZDtype):
            series = series.dt.tz_convert("UTC").dt.tz_localize(None)
        plain = series.dtype.kind in "iufbM" and isinstance(series.dtype, np.dtype)
        made[name] = series.to_numpy() if plain else series.astype(object).where(series.notna(), None).to_numpy()
    return made


def _suggested(series: pd.Series) -> str:
    if pd.api.types.is_datetime64_any_dtype(series):
        return "timestamp"
    return _TYPES.get(series.dtype.kind, "category")
