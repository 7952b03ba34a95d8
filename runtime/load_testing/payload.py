"""The request that is sent: made from what the server says its model takes."""

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from runtime.outcome import Refused

_FLOATS = ("FP16", "FP32", "FP64")
_INTEGERS = ("INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64")


def payload(metadata: Mapping[str, Any], *, rows: int, seed: int) -> bytes:
    """Return a body of the protocol with `rows` rows of made-up values: the same seed, the same bytes."""
    inputs = metadata.get("inputs") or []
    if not inputs:
        raise Refused("the server does not say what its model takes: put `inputs` into the settings")
    return body([_tensor(given, rows, seed) for given in inputs])


def body(inputs: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the body of a request with these inputs."""
    return json.dumps({"inputs": list(inputs)}, separators=(",", ":"), allow_nan=False).encode()


def _tensor(given: Mapping[str, Any], rows: int, seed: int) -> dict[str, Any]:
    # The first dimension is the batch; any other that is open is one.
    shape = [rows, *(abs(int(size)) for size in given["shape"][1:])]
    count = int(np.prod(shape))
    chance = np.random.default_rng([seed, zlib.crc32(given["name"].encode())])
    return {"name": given["name"], "datatype": given["datatype"], "shape": shape,
            "data": _values(given["datatype"], count, chance)}


def _values(datatype: str, count: int, chance: np.random.Generator) -> list[Any]:
    if datatype in _FLOATS:
        return [float(value) for value in chance.normal(size=count).round(4)]
    if datatype in _INTEGERS:
        return [int(value) for value in chance.integers(0, 3, size=count)]
    if datatype == "BOOL":
        return [bool(value) for value in chance.integers(0, 2, size=count)]
    return [str(value) for value in chance.integers(0, 3, size=count)]
