"""Look into an ONNX file without parsing it: is it whole in itself?

A tensor of an ONNX model may live in another file, whose path the model says (`external_data`).
Parsers have followed such paths out of the folder of the model (CVE-2024-27318, CVE-2025-51480),
so a model that has any is refused before one sees it. Only the wire format of protobuf is read here.
"""

from collections.abc import Iterator
from typing import Final

_MOST_DEPTH = 24
_EXTERNAL: Final = (13, 14)
"""Fields of TensorProto: external_data, and data_location, whose only value but 0 is EXTERNAL."""

# Field numbers of onnx.proto, by message: which fields lead on to which message.
_CHILDREN: Final[dict[str, dict[int, str]]] = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "function": {7: "node", 11: "attribute"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {},
}


class MalformedModelError(ValueError):
    """The bytes are not in the wire format of protobuf, or not those of a model."""


def check_model(data: bytes) -> None:
    """Raise MalformedModelError unless data has the form of a model that is whole in itself."""
    view = memoryview(data)
    if not any(number == 7 for number, _ in _fields(view)):
        raise MalformedModelError("`model.onnx` is no ONNX model: it has no graph")
    _check(view, "model", 0)


def _check(view: memoryview, message: str, depth: int) -> None:
    if depth > _MOST_DEPTH:
        raise MalformedModelError("`model.onnx` is nested too deeply")
    children = _CHILDREN[message]
    for number, value in _fields(view):
        if message == "tensor" and number in _EXTERNAL and value != 0:
            raise MalformedModelError("`model.onnx` keeps tensors in other files, expected one file with everything")
        if number in children and isinstance(value, memoryview):
            _check(value, children[number], depth + 1)


def _fields(view: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Yield number and value of each field: a view of what has a length, a number of the rest."""
    place = 0
    while place < len(view):
        key, place = _varint(view, place)
        match key & 7:
            case 0:
                value, place = _varint(view, place)
                yield key >> 3, value
            case 2:
                size, place = _varint(view, place)
                if size > len(view) - place:
                    raise MalformedModelError("`model.onnx` is no ONNX model: it is cut off")
                yield key >> 3, view[place:place + size]
                place += size
            case 1 | 5 as kind:
                place += 8 if kind == 1 else 4
                yield key >> 3, 0
            case _:
                raise MalformedModelError("`model.onnx` is no ONNX model: it is no protobuf")


def _varint(view: memoryview, place: int) -> tuple[int, int]:
    value = shift = 0
    while place < len(view) and shift < 64:
        byte = view[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7
    raise MalformedModelError("`model.onnx` is no ONNX model: it is cut off")
