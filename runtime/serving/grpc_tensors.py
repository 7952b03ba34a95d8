"""Tensors of the protocol as gRPC carries them: typed contents, or raw bytes beside the message."""

from math import prod
from typing import Any, Final

import numpy as np

from runtime.serving.catalogue import Refusal
from runtime.serving.datatypes import BYTES, NUMPY, TYPES, Array
from runtime.serving.infer_v2 import to_binary
from runtime.serving.model import Model
from runtime.serving.tensors import Tensor, as_objects, from_binary, shape_of, text_of

FIELDS: Final = {
    "BOOL": "bool_contents", **dict.fromkeys(("INT8", "INT16", "INT32"), "int_contents"), "INT64": "int64_contents",
    **dict.fromkeys(("UINT8", "UINT16", "UINT32"), "uint_contents"), "UINT64": "uint64_contents",
    "FP32": "fp32_contents", "FP64": "fp64_contents", BYTES: "bytes_contents"}
"""Where the contents of a datatype stand; FP16 has raw bytes alone."""


def read_inputs(request: Any) -> list[Tensor]:
    """Return the inputs of a request."""
    if not request.inputs:
        raise Refusal("empty", "inputs")
    raw = request.raw_input_contents
    if raw and len(raw) != len(request.inputs):
        raise Refusal("count", "raw_input_contents", found=len(raw), wanted=len(request.inputs))
    return [_read_input(given, raw[index] if raw else None, f"inputs[{index}]")
            for index, given in enumerate(request.inputs)]


def _read_input(given: Any, raw: bytes | None, place: str) -> Tensor:
    datatype = given.datatype
    if datatype not in TYPES:
        raise Refusal("datatype", f"{place}.datatype")
    shape = shape_of(list(given.shape), f"{place}.shape")
    if raw is not None:
        if given.HasField("contents"):
            raise Refusal("binary-and-data", place)
        return Tensor(given.name, datatype, shape, from_binary(raw, datatype, prod(shape), place))
    return Tensor(given.name, datatype, shape, _contents(given.contents, datatype, prod(shape), f"{place}.contents"))


def _contents(contents: Any, datatype: str, count: int, place: str) -> Array:
    if datatype not in FIELDS:
        raise Refusal("datatype", place)
    values = getattr(contents, FIELDS[datatype])
    if len(values) != count or sum(len(value) for _, value in contents.ListFields()) != count:
        raise Refusal("count", place, found=len(values), wanted=count)
    if datatype == BYTES:
        return as_objects([text_of(value, place) for value in values])
    try:
        return np.array(values, dtype=NUMPY[datatype])
    except OverflowError as failure:
        raise Refusal("range", place) from failure


def wanted_outputs(model: Model, request: Any) -> list[int]:
    """Return which outputs are wanted, by place."""
    wanted: list[int] = []
    for index, output in enumerate(request.outputs):
        if output.name not in model.output_names:
            raise Refusal("unknown-output", f"outputs[{index}].name")
        place = model.output_names.index(output.name)
        if place in wanted:
            raise Refusal("twice", f"outputs[{index}].name")
        wanted.append(place)
    return wanted or list(range(len(model.outputs)))


def fill(response: Any, model: Model, wanted: list[int], arrays: list[Array], *, is_raw: bool) -> None:
    """Put the outputs into a response, in the form in which the inputs came."""
    for place in wanted:
        output, array = model.outputs[place], arrays[place]
        tensor = response.outputs.add(name=output.name, datatype=output.datatype, shape=array.shape)
        if is_raw:
            response.raw_output_contents.append(to_binary(array, output.datatype))
            continue
        values = array.reshape(-1).tolist()
        if output.datatype == BYTES:
            values = [str(value).encode() for value in values]
        getattr(tensor.contents, FIELDS[output.datatype]).extend(values)
