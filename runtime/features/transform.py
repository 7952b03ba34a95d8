"""The fitted transform: raw columns in, a float32 matrix out."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from runtime.features.columns import Array, ColumnError, is_missing, read_column, text_of
from runtime.features.operations import Operation, Work, as_texts, compiled

VERSION = 1
_LARGEST = float(np.finfo(np.float32).max)


class FittedTransform:
    """What was learnt on the training rows, and how it is applied to any others.

    `columns` are the raw columns that are read, with their types; `names` the features, in the
    order of the matrix; `classes` the labels of the target in the order of their numbers, None
    where the target is a number.
    """

    def __init__(self, *, columns: Mapping[str, str], operations: Sequence[Operation],
                 outputs: Sequence[Mapping[str, Any]], classes: Sequence[Any] | None,
                 grouping: Sequence[str] = ()) -> None:
        """Prepare what is the same for every call."""
        self.columns = dict(columns)
        self.classes = None if classes is None else list(classes)
        self._operations, self._outputs, self._grouping = tuple(operations), tuple(outputs), tuple(grouping)
        self.names = tuple(name for output in outputs for name in output["features"])
        self._changes = [compiled(operation) for operation in operations]
        self._numbers, self._encoded = _layout(self._outputs)
        self._fills = np.zeros(len(self.names))
        for place, output in self._numbers:
            self._fills[place] = output["fill"]

    def apply(self, columns: Mapping[str, Any]) -> Array:
        """Return the features of the rows; raise ColumnError for a column that is absent or of another type."""
        work, rows = self._read(columns)
        for change in self._changes:
            change(work)
        made = np.zeros((rows, len(self.names)))
        for place, output in self._numbers:
            made[:, place] = work[output["column"]]
        missing = np.isnan(made)
        if missing.any():
            made = np.where(missing, self._fills, made)
        for place, column, places, other in self._encoded:
            for row, value in enumerate(as_texts(work[column]).tolist()):
                at = None if value is None else places.get(value, other)
                if at is not None:
                    made[row, place + at] = 1.0
        return np.clip(made, -_LARGEST, _LARGEST).astype(np.float32)

    def encode_target(self, values: Any) -> Array:
        """Return the target as numbers: places in `classes`, or the values themselves. None may be missing."""
        array = np.asarray(values)
        if self.classes is None:
            return read_column("target", "float64", array)
        places = {text_of(label): place for place, label in enumerate(self.classes)}
        try:
            return np.array([places[text_of(value)] for value in array.tolist()], dtype=np.int64)
        except KeyError as unknown:
            raise ColumnError(f"the target holds {unknown}, which is not one of its classes") from unknown

    def save(self, path: Path) -> None:
        """Write the transform as JSON: the same transform is the same bytes."""
        path.write_text(json.dumps(self.to_json(), indent=1, sort_keys=True, allow_nan=False) + "\n", encoding="utf-8")

    def to_json(self) -> dict[str, Any]:
        """Return the transform as plain data."""
        return {"version": VERSION, "columns": [{"name": name, "type": kind} for name, kind in self.columns.items()],
                "operations": list(self._operations), "outputs": list(self._outputs), "classes": self.classes,
                "grouping": list(self._grouping)}

    def _read(self, columns: Mapping[str, Any]) -> tuple[Work, int]:
        work: Work = {}
        rows = -1
        for name, kind in self.columns.items():
            if name not in columns:
                raise ColumnError(f"column `{name}` is missing")
            read = read_column(name, kind, columns[name])
            if rows not in (-1, len(read)):
                raise ColumnError(f"`{name}` has {len(read)} values, the columns before it have {rows}")
            rows = len(read)
            work[name] = read
        work.update((f"raw:{name}", work[name]) for name in self._grouping)
        return work, max(rows, 0)


def load_transform(path: Path | str) -> FittedTransform:
    """Return the transform that `save` wrote."""
    return from_json(json.loads(Path(path).read_text(encoding="utf-8")))


def from_json(data: Mapping[str, Any]) -> FittedTransform:
    """Return the transform of plain data."""
    if data.get("version") != VERSION:
        raise ValueError(f"the transform has version {data.get('version')}, this runtime reads {VERSION}")
    return FittedTransform(columns={column["name"]: column["type"] for column in data["columns"]},
                           operations=data["operations"], outputs=data["outputs"], classes=data["classes"],
                           grouping=data["grouping"])


def class_labels(values: Array, wanted: Sequence[Any] | None) -> list[Any]:
    """Return the classes of a target: in the order of wanted where it is given, else sorted."""
    found = {text_of(value): value for value in values.tolist() if not is_missing(value)}
    if wanted is not None:
        return [label for label in wanted if text_of(label) in found]
    whole = {text: int(value) for text, value in found.items()
             if isinstance(value, (int, float)) and not isinstance(value, bool) and float(value).is_integer()}
    if len(whole) == len(found):
        return sorted(whole.values())
    return sorted(text for text in found if text is not None)


def _layout(outputs: Sequence[Mapping[str, Any]]) -> tuple[
        list[tuple[int, Mapping[str, Any]]], list[tuple[int, str, dict[str, int], int | None]]]:
    numbers: list[tuple[int, Mapping[str, Any]]] = []
    encoded: list[tuple[int, str, dict[str, int], int | None]] = []
    place = 0
    for output in outputs:
        if "categories" in output:
            places = {text: index for index, text in enumerate(output["categories"])}
            encoded.append((place, output["column"], places, len(places) if output["other"] else None))
        else:
            numbers.append((place, output))
        place += len(output["features"])
    return numbers, encoded
