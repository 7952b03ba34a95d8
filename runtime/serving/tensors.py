"""Tensors of the protocol, from JSON or from the binary extension, with nothing taken on trust."""

from collections.abc import Sequence
from itertools import chain
from math import prod
from typing import Any, NamedTuple

import numpy as np

from runtime.serving.catalogue import Refusal
from runtime.serving.datatypes import BYTES, NUMPY, TYPES, Array

_MOST_DIMENSIONS = 8
_LARGEST_DIMENSION = 1 << 40
_NOTHING = frozenset((type(None),))


class Tensor(NamedTuple):
    """One input as it was sent: `values` is flat; of BYTES and of columns with gaps it is an array of objects."""

    name: str
    datatype: str
    shape: tuple[int, ...]
    values: Array


def read_inputs(inputs: Any, binary: memoryview | None) -> list[Tensor]:
    """Return the inputs of a request; `binary` is what follows the JSON in the binary extension."""
    if type(inputs) is not list:
        raise Refusal("list" if inputs is not None else "missing", "inputs")
    if not inputs:
        raise Refusal("empty", "inputs")
    tensors: list[Tensor] = []
    offset = 0
    for index, given in enumerate(inputs):
        tensor, offset = _read_input(given, f"inputs[{index}]", binary, offset)
        tensors.append(tensor)
    if binary is not None and offset != len(binary):
        raise Refusal("binary-rest", found=len(binary) - offset)
    return tensors


def _read_input(given: Any, place: str, binary: memoryview | None, offset: int) -> tuple[Tensor, int]:
    if type(given) is not dict:
        raise Refusal("object", place)
    name, datatype = text_at(given, "name", place), text_at(given, "datatype", place)
    if datatype not in TYPES:
        raise Refusal("datatype", f"{place}.datatype")
    shape = shape_of(given.get("shape"), f"{place}.shape")
    size = binary_size(given.get("parameters"), f"{place}.parameters")
    if size is None:
        return Tensor(name, datatype, shape, from_json(given.get("data"), datatype, shape, f"{place}.data")), offset
    if "data" in given:
        raise Refusal("binary-and-data", place)
    if binary is None or offset + size > len(binary):
        raise Refusal("binary-size", f"{place}.parameters.binary_data_size")
    raw = binary[offset:offset + size]
    return Tensor(name, datatype, shape, from_binary(raw, datatype, prod(shape), place)), offset + size


def text_at(given: dict[str, Any], key: str, place: str) -> str:
    """Return the string under key."""
    value = given.get(key)
    if type(value) is not str:
        raise Refusal("text" if key in given else "missing", f"{place}.{key}")
    return value


def shape_of(shape: Any, place: str) -> tuple[int, ...]:
    """Return a shape: whole numbers from 0 up, few enough and small enough to be multiplied."""
    if type(shape) is not list:
        raise Refusal("shape" if shape is not None else "missing", place)
    if not shape or len(shape) > _MOST_DIMENSIONS:
        raise Refusal("rank", place, found=len(shape), wanted=2)
    for size in shape:
        if type(size) is not int or not 0 <= size <= _LARGEST_DIMENSION:
            raise Refusal("shape", place)
    return tuple(shape)


def binary_size(parameters: Any, place: str) -> int | None:
    """Return the parameter binary_data_size; None where the data is in the JSON."""
    if parameters is None:
        return None
    if type(parameters) is not dict:
        raise Refusal("object", place)
    size = parameters.get("binary_data_size")
    if size is not None and (type(size) is not int or size < 0):
        raise Refusal("parameter", f"{place}.binary_data_size")
    return size


def from_json(data: Any, datatype: str, shape: Sequence[int], place: str) -> Array:
    """Return the values of a tensor in JSON, flat or nested as its shape says; null is a gap of a raw column."""
    if type(data) is not list:
        raise Refusal("list" if data is not None else "missing", place)
    values = data
    if data and type(data[0]) is list:
        values = _flattened(data, shape, place)
    wanted = prod(shape)
    if len(values) != wanted:
        raise Refusal("count", place, found=len(values), wanted=wanted)
    # Not what numpy would make of it: to numpy, "1.5" and true are numbers.
    types = set(map(type, values))
    if not types <= TYPES[datatype]:
        if not types <= TYPES[datatype] | _NOTHING:
            raise Refusal("nesting" if list in types else "value", place)
        return as_objects(values)
    return as_objects(values) if datatype == BYTES else _numbers(values, datatype, place)


def _numbers(values: list[Any], datatype: str, place: str) -> Array:
    try:
        with np.errstate(over="ignore"):
            array = np.array(values, dtype=NUMPY[datatype])
    except OverflowError as failure:
        raise Refusal("range", place) from failure
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise Refusal("range", place)
    return array


def _flattened(data: list[Any], shape: Sequence[int], place: str) -> list[Any]:
    level = data
    for below in shape[1:]:
        if not all(type(item) is list and len(item) == below for item in level):
            raise Refusal("nesting", place)
        level = list(chain.from_iterable(level))
    if len(data) != shape[0] or len(shape) == 1:
        raise Refusal("nesting", place)
    return level


def as_objects(values: Sequence[Any]) -> Array:
    """Return an array of the values as they are."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def from_binary(raw: memoryview | bytes, datatype: str, count: int, place: str) -> Array:
    """Return the values of a tensor in binary: row-major, little-endian; BYTES with a length before each."""
    if datatype == BYTES:
        return as_objects(_texts(raw, count, place))
    kind = NUMPY[datatype]
    if len(raw) != count * kind.itemsize:
        raise Refusal("binary-size", place)
    if datatype == "BOOL" and np.frombuffer(raw, np.uint8).max(initial=0) > 1:
        raise Refusal("value", place)
    return np.frombuffer(raw, dtype=kind)


def _texts(raw: memoryview | bytes, count: int, place: str) -> list[str]:
    found: list[str] = []
    offset = 0
    while offset < len(raw):
        size = int.from_bytes(raw[offset:offset + 4], "little")
        piece = bytes(raw[offset + 4:offset + 4 + size])
        if len(piece) != size or offset + 4 > len(raw) or len(found) == count:
            raise Refusal("binary-size", place)
        found.append(text_of(piece, place))
        offset += 4 + size
    if len(found) != count:
        raise Refusal("binary-size", place)
    return found


def text_of(raw: bytes, place: str) -> str:
    """Return the text of an element of BYTES."""
    try:
        return raw.decode()
    except UnicodeDecodeError as failure:
        raise Refusal("value", place) from failure
