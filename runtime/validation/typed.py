"""Columns as the types of their contract: a conversion that loses nothing, or a violation."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from runtime.features.columns import text_of

_INTEGERS = {"int8": np.int8, "int16": np.int16, "int32": np.int32, "int64": np.int64}
_TRUTHS = {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}


def typed(values: pd.Series, type_name: str) -> tuple[pd.Series, pd.Series]:
    """Return the values as type_name, and which of them are none of it: those are missing in the result."""
    missing = values.isna()
    converted = _CONVERTERS[type_name](values, type_name)
    return converted, converted.isna() & ~missing


def _texts(values: pd.Series, _type: str) -> pd.Series:
    if values.dtype == np.dtype("bool") or values.dtype.kind in "iuf":
        return pd.Series([text_of(value) for value in values.tolist()], index=values.index, dtype=object)
    return values.astype(object).map(text_of).where(values.notna(), None).astype(object)


def _numbers(values: pd.Series, type_name: str) -> pd.Series:
    numbers = pd.to_numeric(values, errors="coerce")
    numbers = numbers.astype("float64") if numbers.dtype.kind in "bfO" or numbers.isna().any() else numbers
    if type_name not in _INTEGERS:
        made = numbers.astype("float64")
        return made.where(np.isfinite(made))
    return _integers(numbers, np.iinfo(_INTEGERS[type_name]), type_name)


def _integers(numbers: pd.Series, limits: Any, type_name: str) -> pd.Series:
    fits = (numbers >= limits.min) & (numbers <= limits.max)
    if numbers.dtype.kind == "f":
        fits &= numbers == np.floor(numbers)
    # A column with a missing value stays one of floats: so Arrow, pandas and numpy agree on it.
    return numbers.astype(type_name) if bool(fits.all()) else numbers.where(fits).astype("float64")


def _booleans(values: pd.Series, _type: str) -> pd.Series:
    if values.dtype == np.dtype("bool"):
        return values
    known = [_TRUTHS.get((text_of(value) or "").lower()) for value in values.tolist()]
    made = pd.Series(known, index=values.index, dtype=object)
    return made.astype(bool) if made.notna().all() else made


def _times(values: pd.Series, _type: str) -> pd.Series:
    if values.dtype.kind in "iuf" and not pd.api.types.is_datetime64_any_dtype(values):
        return pd.Series(pd.NaT, index=values.index, dtype="datetime64[us]")
    made = pd.to_datetime(values, errors="coerce", utc=True, format=None if _are_times(values) else "ISO8601")
    return made.dt.tz_localize(None).astype("datetime64[us]")


def _are_times(values: pd.Series) -> bool:
    return bool(pd.api.types.is_datetime64_any_dtype(values))


_CONVERTERS: Mapping[str, Callable[[pd.Series, str], pd.Series]] = {
    **dict.fromkeys(("string", "category"), _texts), "bool": _booleans, **dict.fromkeys(("date", "timestamp"), _times),
    **dict.fromkeys((*_INTEGERS, "float32", "float64"), _numbers)}
