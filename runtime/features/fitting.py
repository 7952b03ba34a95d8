"""Learn the declared transforms on the training rows, in their order."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from runtime.features.aggregates import group_keys, packed
from runtime.features.columns import Array, is_missing_in, read_column, times
from runtime.features.operations import Operation, Work, as_texts, compiled
from runtime.features.transform import FittedTransform

MAXIMUM_CATEGORIES = 1000
"""More features than this are not made of one column unasked."""
DATE_PARTS = {"date": ["month", "day", "weekday"], "timestamp": ["month", "day", "weekday", "hour"]}
"""What becomes of a date that no transform names; the year is none of it, since no year comes twice."""


class FitError(ValueError):
    """A declared transform cannot be made of these columns; the message is for the author of the spec."""


class Rows(NamedTuple):
    """The training rows: working columns, those already encoded, and what is known of the raw ones."""

    work: Work
    types: Mapping[str, str]
    time_column: str | None
    encoded: dict[str, Mapping[str, Any]]


def fit(columns: Mapping[str, Any], types: Mapping[str, str], *, transforms: Sequence[Mapping[str, Any]],
        hidden: Sequence[str], time_column: str | None = None, classes: Sequence[Any] | None = None) -> FittedTransform:
    """Return the transform learnt on columns; those in hidden (target, protected) are never features."""
    by = sorted({column for transform in transforms for column in transform.get("by", ())})
    grouping = [*by, *([time_column] if by and time_column else [])]
    used = {name: kind for name, kind in types.items() if name not in hidden or name in grouping}
    work = {name: read_column(name, kind, columns[name]) for name, kind in used.items()}
    _check_known(grouping, work)
    work.update((f"raw:{name}", work[name]) for name in grouping)
    rows = Rows(work, types, time_column, {})
    operations: list[Operation] = [*({"kind": "drop", "column": name} for name in used if name in hidden)]
    for operation in operations:
        compiled(operation)(work)
    for transform in transforms:
        operations += _fitted(transform, rows, hidden)
    operations += _dates(rows)
    for name in grouping:
        del work[f"raw:{name}"]
    outputs = _outputs(rows)
    if not outputs:
        raise FitError("no column is left to make a feature of")
    read = _columns_read(used, operations, outputs, grouping)
    kept = [operation for operation in operations if operation["kind"] != "drop" or operation["column"] in read]
    return FittedTransform(columns=read, operations=kept, outputs=outputs, classes=classes, grouping=grouping)


def _fitted(transform: Mapping[str, Any], rows: Rows, hidden: Sequence[str]) -> list[Operation]:
    made: list[Operation] = []
    for column in transform["columns"]:
        if column in hidden:
            raise FitError(f"`{column}` is the target or a protected column, and no feature: take it out of "
                           f"{transform['kind']}")
        if column not in rows.work or column in rows.encoded:
            raise FitError(f"{transform['kind']} finds no column `{column}`: it is not in the data, or an earlier "
                           "transform has used it up")
        if transform["kind"] == "one-hot":
            rows.encoded[column] = _one_hot(column, rows.work[column], transform.get("maximum_categories"))
            continue
        learnt = _FITTERS[transform["kind"]](column, transform, rows)
        operation = {"kind": transform["kind"], "column": column, **learnt}
        compiled(operation)(rows.work)
        made.append(operation)
    return made


def _scale(column: str, transform: Mapping[str, Any], rows: Rows) -> dict[str, Any]:
    known = _known_numbers(column, rows)
    match transform.get("method", "standard"):
        case "minmax":
            centre, spread = known.min(), known.max() - known.min()
        case "robust":
            low, centre, high = np.quantile(known, [0.25, 0.5, 0.75])
            spread = high - low
        case _:
            centre, spread = known.mean(), known.std()
    return {"centre": float(centre), "spread": float(spread) or 1.0}


def _log(column: str, _transform: Mapping[str, Any], rows: Rows) -> dict[str, Any]:
    _known_numbers(column, rows)
    return {}


def _bucket(column: str, transform: Mapping[str, Any], rows: Rows) -> dict[str, Any]:
    _known_numbers(column, rows)
    return {"edges": [float(edge) for edge in transform["edges"]]}


def _ordinal(column: str, _transform: Mapping[str, Any], rows: Rows) -> dict[str, Any]:
    return {"categories": sorted(_frequencies(rows.work[column]))}


def _date_parts(column: str, transform: Mapping[str, Any], rows: Rows) -> dict[str, Any]:
    if rows.work[column].dtype.kind != "M":
        raise FitError(f"date-parts needs a date or a timestamp, `{column}` is none")
    return {"parts": list(transform["parts"])}


def _fill(column: str, transform: Mapping[str, Any], rows: Rows) -> dict[str, Any]:
    values = rows.work[column]
    known = values[~is_missing_in(values)]
    if "value" in transform:
        return {"value": _filling(column, transform["value"], values)}
    if not len(known):
        raise FitError(f"fill finds no value of `{column}` to learn from")
    if transform["using"] == "most-frequent":
        counts = Counter(known.tolist())
        most = min(counts, key=lambda value: (-counts[value], value))
        return {"value": most.isoformat() if values.dtype.kind == "M" else most}
    known = _known_numbers(column, rows)
    return {"value": float(known.mean() if transform["using"] == "mean" else np.median(known))}


def _filling(column: str, value: Any, values: Array) -> Any:
    if values.dtype.kind == "M":
        return str(times(column, np.array([value], dtype=object))[0])
    kind = "float64" if values.dtype.kind == "f" else "category"
    return read_column(column, kind, np.array([value], dtype=object)).tolist()[0]


def _aggregate(column: str, transform: Mapping[str, Any], rows: Rows) -> dict[str, Any]:
    function, window = transform["function"], transform.get("window_seconds")
    values = rows.work[column]
    if values.dtype.kind != "f":
        if function != "count":
            raise FitError(f"the {function} of `{column}` needs numbers")
        values = np.where(is_missing_in(values), np.nan, 1.0)
    time = rows.time_column
    keys = group_keys([rows.work[f"raw:{name}"] for name in transform["by"]])
    name = f"{function}_{column}_by_{'_'.join(transform['by'])}" + (f"_{window}s" if window else "")
    return {"name": name, "by": list(transform["by"]), "function": function, "window_seconds": window, "time": time,
            "history": packed(keys, None if time is None else rows.work[f"raw:{time}"], values)}


def _nothing(_column: str, _transform: Mapping[str, Any], _rows: Rows) -> dict[str, Any]:
    return {}


_FITTERS: Mapping[str, Callable[[str, Mapping[str, Any], Rows], dict[str, Any]]] = {
    "scale": _scale, "log": _log, "bucket": _bucket, "ordinal": _ordinal, "date-parts": _date_parts, "fill": _fill,
    "drop": _nothing, "aggregate": _aggregate}


def _dates(rows: Rows) -> list[Operation]:
    made: list[Operation] = [
        {"kind": "date-parts", "column": name, "parts": DATE_PARTS[rows.types[name]]}
        for name, values in rows.work.items()
        if values.dtype.kind == "M" and not name.startswith("raw:") and name not in rows.encoded]
    for operation in made:
        compiled(operation)(rows.work)
    return made


def _outputs(rows: Rows) -> list[Mapping[str, Any]]:
    made: list[Mapping[str, Any]] = []
    for name, values in rows.work.items():
        if name in rows.encoded:
            made.append(rows.encoded[name])
        elif values.dtype.kind == "f":
            known = values[~np.isnan(values)]
            made.append({"column": name, "features": [name], "fill": float(np.median(known)) if len(known) else 0.0})
        else:
            made.append(_one_hot(name, values, None))
    return _named_apart(made)


def _one_hot(column: str, values: Array, maximum: int | None) -> Mapping[str, Any]:
    counts = _frequencies(values)
    kept = sorted(counts)
    if maximum is None and len(kept) > MAXIMUM_CATEGORIES:
        raise FitError(f"`{column}` has {len(kept)} classes, and one-hot makes a feature of each: use ordinal, one-hot "
                       "with `maximum_categories`, or drop")
    if maximum is not None and len(kept) > maximum:
        kept = sorted(sorted(counts, key=lambda text: (-counts[text], text))[:maximum - 1])
    other = len(kept) < len(counts)
    features = [f"{column}={text}" for text in kept] + ([f"{column} (other)"] if other else [])
    return {"column": column, "categories": kept, "other": other, "features": features}


def _frequencies(values: Array) -> Counter[str]:
    return Counter(text for text in as_texts(values).tolist() if text is not None)


def _known_numbers(column: str, rows: Rows) -> Array:
    values = rows.work[column]
    if values.dtype.kind != "f":
        raise FitError(f"`{column}` holds no numbers")
    known = values[~np.isnan(values)]
    if not len(known):
        raise FitError(f"`{column}` has no value to learn from")
    return known


def _named_apart(outputs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the outputs with a number after a name that an earlier feature has."""
    seen: Counter[str] = Counter()
    made: list[Mapping[str, Any]] = []
    for output in outputs:
        names = []
        for name in output["features"]:
            seen[name] += 1
            names.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
        made.append({**output, "features": names})
    return made


def _columns_read(used: Mapping[str, str], operations: Sequence[Operation], outputs: Sequence[Mapping[str, Any]],
                  grouping: Sequence[str]) -> dict[str, str]:
    """Return the raw columns that the transform needs: those that are only dropped are not asked for."""
    needed = {*grouping, *(operation["column"] for operation in operations if operation["kind"] != "drop"),
              *(output["column"] for output in outputs)}
    return {name: kind for name, kind in used.items() if name in needed}


def _check_known(names: Sequence[str], work: Work) -> None:
    for name in names:
        if name not in work:
            raise FitError(f"aggregate groups by `{name}`, which is not in the data")
