"""Files of each format as a table. What is a class stays a text: `01` is not the number 1."""

import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from runtime.outcome import Refused

SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "parquet": (".parquet", ".pq"), "csv": (".csv", ".csv.gz"), "json": (".json", ".jsonl", ".ndjson"),
    "arff": (".arff",)}
MISSING = ("", "NA", "N/A", "NaN", "nan", "NULL", "null")
"""What stands for a missing value in CSV; in ARFF it is `?`."""
_TEXTS = ("string", "category", "date", "timestamp")

Types = Mapping[str, str]


def read_table(format_name: str, name: str, data: bytes, types: Types) -> pd.DataFrame:
    """Return the table in a file; `types` are the types that the contract gives to columns."""
    if format_name not in READERS:
        raise Refused(f"format {format_name} needs a reader that this runtime does not have: it reads "
                      f"{', '.join(READERS)}; write the data in one of them")
    try:
        table = READERS[format_name](name, data, types)
    except (ValueError, OSError, NotImplementedError, UnicodeError, RecursionError, EOFError) as failure:
        raise Refused(f"{name} is no {format_name} that can be read: {failure}") from failure
    if not len(table.columns):
        raise Refused(f"{name} has no columns")
    repeated = sorted({str(column) for column in table.columns[table.columns.duplicated()]})
    if repeated:
        raise Refused(f"{name} has several columns called {', '.join(repeated)}")
    return _plain(table)


def _parquet(_name: str, data: bytes, _types: Types) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(data))


def _csv(name: str, data: bytes, types: Types) -> pd.DataFrame:
    texts = {column: "str" for column, kind in types.items() if kind in _TEXTS}
    return pd.read_csv(io.BytesIO(data), dtype=texts, na_values=list(MISSING), keep_default_na=False, low_memory=False,
                       compression="gzip" if name.endswith(".gz") else None, encoding="utf-8-sig")


def _json(_name: str, data: bytes, _types: Types) -> pd.DataFrame:
    text = data.decode("utf-8-sig").strip()
    is_list = text.startswith("[")
    rows = json.loads(text) if is_list else [json.loads(line) for line in text.splitlines() if line.strip()]
    if not all(isinstance(row, dict) for row in rows):
        raise ValueError("expected a list of objects, or one object a line")
    return pd.DataFrame.from_records(rows)


def _arff(_name: str, data: bytes, _types: Types) -> pd.DataFrame:
    from scipy.io import arff

    try:
        rows, _ = arff.loadarff(io.StringIO(data.decode("utf-8", "surrogateescape")))
    except Exception as failure:
        # What scipy's reader raises on a bad file is of every type.
        raise ValueError(f"{type(failure).__name__}: {failure}") from failure
    if not rows.dtype.names:
        raise ValueError("it declares no attributes")
    table = pd.DataFrame(rows)
    for column in table.select_dtypes("object").columns:
        texts = [value.decode("utf-8", "replace") if isinstance(value, bytes) else value for value in table[column]]
        table[column] = [None if text == "?" else text for text in texts]
    return table


READERS: Mapping[str, Callable[[str, bytes, Types], pd.DataFrame]] = {
    "parquet": _parquet, "csv": _csv, "json": _json, "arff": _arff}


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table that Arrow can hold: categories as their values, a column of mixed values as texts."""
    table = table.copy()
    table.columns = [str(column) for column in table.columns]
    for column in table.columns:
        if isinstance(table[column].dtype, pd.CategoricalDtype):
            table[column] = table[column].astype(table[column].dtype.categories.dtype)
        if table[column].dtype == object:
            kinds = {type(value) for value in table[column] if value is not None and value is not pd.NA}
            if len(kinds - {float}) > 1 or kinds & {list, dict} or (float in kinds and len(kinds) > 1):
                table[column] = [_text(value) for value in table[column]]
    return table.reset_index(drop=True)


def _text(value: Any) -> str | None:
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return None if value is None or value is pd.NA or value != value else str(value)  # noqa: PLR0124 - NaN
