"""Layers of a spec: how they merge, and which one a value came from."""

from collections.abc import Mapping, Sequence
from typing import Any

from compiler.records import NamedTuple
from compiler.source.document import Document
from compiler.source.path import FieldPath
from compiler.spec.envelopes import ENVELOPES

ABSENT = object()
OPEN = frozenset({("platform", "accelerators"), ("platform", "prometheus", "rule_labels")})
"""Mappings of the built-in layer whose keys a spec chooses itself."""
DISCRIMINATORS = {place.path: place.key for place in ENVELOPES}


class Layer(NamedTuple):
    """One source of values: `data` in the shape of a spec, found in `document` below `prefix`."""

    name: str
    data: Mapping[str, Any]
    document: Document | None = None
    prefix: FieldPath = ()


def merge(layers: Sequence[Layer]) -> dict[str, Any]:
    """Return the layers as one tree, later ones over earlier ones.

    Mappings merge by key, anything else replaces, None removes. A mapping that names another
    plug-in (`kind` or `with`) than the one below replaces it: their keys have nothing in common.
    """
    merged: dict[str, Any] = {}
    for layer in layers:
        _overlay(merged, layer.data, ())
    return merged


def restore(spec: dict[str, Any], floor: Mapping[str, Any], path: FieldPath = ()) -> None:
    """Put back what null removed from a spec and nothing can do without: what the floor says of it.

    A mapping whose keys a spec chooses itself stays as empty as null left it.
    """
    for key, value in floor.items():
        is_open = (*path, key) in OPEN
        member = spec.get(key)
        if member is None:
            spec[key] = {} if is_open else merge([Layer("floor", {key: value})])[key]
        elif isinstance(value, Mapping) and isinstance(member, dict) and not is_open:
            restore(member, value, (*path, key))


def origin(layers: Sequence[Layer], path: FieldPath) -> Layer | None:
    """Return the layer that decides the value at path; None when no layer speaks of it."""
    for layer in layers[::-1]:
        if _decides(layer.data, path):
            return layer
    return None


def value_at(data: Any, path: FieldPath) -> Any:
    """Return the value at path, or ABSENT."""
    for part in path:
        if isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
            continue
        if not isinstance(data, Mapping) or part not in data:
            return ABSENT
        data = data[part]
    return data


def _overlay(below: dict[str, Any], above: Mapping[str, Any], path: FieldPath) -> None:
    for key, value in above.items():
        if value is None:
            below.pop(key, None)
        elif isinstance(value, Mapping):
            member = below.get(key)
            if not isinstance(member, dict) or _names_another((*path, key), member, value):
                member = below[key] = {}
            _overlay(member, value, (*path, key))
        else:
            below[key] = list(value) if isinstance(value, list) else value


def _names_another(path: FieldPath, below: Mapping[str, Any], above: Mapping[str, Any]) -> bool:
    key = DISCRIMINATORS.get(path)
    return key is not None and key in above and below.get(key, above[key]) != above[key]


def _decides(data: Any, path: FieldPath) -> bool:
    for part in path:
        if not isinstance(data, Mapping):
            return True
        if part not in data:
            return False
        data = data[part]
    return True
