"""Raw columns, whatever they come from: read as numbers, texts or times, with one notion of missing."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

MICROSECONDS = "datetime64[us]"
_NAT = np.datetime64("NaT", "us")


class ColumnError(ValueError):
    """A column is absent or holds what its type does not; the message is for whoever sent it."""


def read_column(name: str, type_name: str, values: Any) -> Array:
    """Return the values as float64 (NaN is missing), as texts (None is missing) or as microseconds (NaT)."""
    array = np.asarray(values)
    if array.ndim != 1:
        raise ColumnError(f"`{name}` has {array.ndim} dimensions, expected one value a row")
    return READERS[type_name](name, array)


def numbers(name: str, array: Array) -> Array:
    """Return float64 values; what is missing or infinite is NaN."""
    if array.dtype.kind in "fiub":
        made = array.astype(np.float64)
    else:
        made = np.array([_number(name, value) for value in array.tolist()], dtype=np.float64)
    made[~np.isfinite(made)] = np.nan
    return made


def texts(name: str, array: Array) -> Array:
    """Return the values as texts: a whole number has no point, whatever type brought it."""
    made = np.empty(len(array), dtype=object)
    made[:] = [value if type(value) is str else text_of(_scalar(name, value)) for value in array.tolist()]
    return made


def times(name: str, array: Array) -> Array:
    """Return UTC times in microseconds, from dates, datetimes or ISO 8601 texts."""
    if array.dtype.kind == "M":
        return array.astype(MICROSECONDS)
    known: dict[Any, Any] = {}
    values = array.tolist()
    for value in values:
        if _scalar(name, value) not in known:
            known[value] = _time(name, value)
    return np.array([known[value] for value in values], dtype=MICROSECONDS)


READERS: Mapping[str, Callable[[str, Array], Array]] = {
    **dict.fromkeys(("int8", "int16", "int32", "int64", "float32", "float64", "bool"), numbers),
    **dict.fromkeys(("string", "category"), texts), **dict.fromkeys(("date", "timestamp"), times)}


def is_missing(value: Any) -> bool:
    """Return whether value is None or not equal to itself, as NaN and NaT are."""
    return value is None or bool(value != value)  # noqa: PLR0124 - NaN, whatever its type


def text_of(value: Any) -> str | None:
    """Return the one text that stands for value as a class; None when it is missing."""
    if is_missing(value):
        return None
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def is_missing_in(array: Array) -> Array:
    """Return a mask of what is missing in a column that was read."""
    if array.dtype.kind == "f":
        return np.isnan(array)
    if array.dtype.kind == "M":
        return np.isnat(array)
    return np.array([value is None for value in array.tolist()], dtype=bool)


def _scalar(name: str, value: Any) -> Any:
    if isinstance(value, (list, tuple, dict, set, np.ndarray)):
        raise ColumnError(f"`{name}` holds a list or an object, expected one value a row")
    return value


def _number(name: str, value: Any) -> float:
    if is_missing(_scalar(name, value)):
        return np.nan
    if isinstance(value, (int, float, np.number)):
        try:
            return float(value)
        except OverflowError:
            return np.nan
    raise ColumnError(f"`{name}` holds `{_shown(value)}`, expected a number")


def _time(name: str, value: Any) -> np.datetime64:
    if is_missing(value):
        return _NAT
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        if isinstance(moment, datetime):
            moment = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
            return np.datetime64(moment, "us")
        if isinstance(moment, date):
            return np.datetime64(moment, "us")
    except (ValueError, OverflowError):
        pass
    raise ColumnError(f"`{name}` holds `{_shown(value)}`, expected a date or a time in ISO 8601")


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "..."
