"""Inference as protocol V2 has it over REST, with the binary extension."""

from typing import Any

import orjson

from runtime.serving.answers import Answer, Asked
from runtime.serving.catalogue import Refusal
from runtime.serving.datatypes import BYTES, Array
from runtime.serving.model import Model
from runtime.serving.tensors import read_inputs

BINARY = b"application/octet-stream"


def read_v2(model: Model, body: bytes | bytearray, header_length: int | None) -> Asked:
    """Return what a request asks; `header_length` is where its JSON ends and binary data begins, if it has any."""
    text, binary = _split(body, header_length)
    try:
        request = orjson.loads(text)
    except orjson.JSONDecodeError as failure:
        raise Refusal("json") from failure
    if type(request) is not dict:
        raise Refusal("object", "the body")
    matrix = model.matrix(read_inputs(request.get("inputs"), binary))
    identity = request.get("id")
    if identity is not None and type(identity) is not str:
        raise Refusal("text", "id")
    wanted = _wanted(model, request)
    return Asked(matrix, lambda arrays: _answer(model, identity, wanted, arrays))


def _split(body: bytes | bytearray, header_length: int | None) -> tuple[bytes | bytearray | memoryview,
                                                                       memoryview | None]:
    if header_length is None:
        return body, None
    if header_length > len(body):
        raise Refusal("binary-header")
    view = memoryview(body)
    return view[:header_length], view[header_length:]


def _wanted(model: Model, request: dict[str, Any]) -> list[tuple[int, bool]]:
    """Return which outputs are wanted, by place, and which of them in binary."""
    given = request.get("parameters")
    all_binary = False if given is None else _flag(given, "binary_data_output", "parameters")
    outputs = request.get("outputs")
    if outputs is None:
        return [(place, all_binary) for place in range(len(model.outputs))]
    if type(outputs) is not list:
        raise Refusal("list", "outputs")
    wanted: dict[int, bool] = {}
    for index, output in enumerate(outputs):
        place = f"outputs[{index}]"
        if type(output) is not dict:
            raise Refusal("object", place)
        name = output.get("name")
        if name not in model.output_names:
            raise Refusal("unknown-output", f"{place}.name")
        found = model.output_names.index(name)
        if found in wanted:
            raise Refusal("twice", f"{place}.name")
        parameters = output.get("parameters")
        wanted[found] = all_binary if parameters is None else _flag(parameters, "binary_data", f"{place}.parameters")
    return list(wanted.items()) or [(place, all_binary) for place in range(len(model.outputs))]


def _flag(parameters: Any, name: str, place: str) -> bool:
    if type(parameters) is not dict:
        raise Refusal("object", place)
    value = parameters.get(name, False)
    if type(value) is not bool:
        raise Refusal("parameter", f"{place}.{name}")
    return value


def _answer(model: Model, identity: str | None, wanted: list[tuple[int, bool]], arrays: list[Array]) -> Answer:
    pieces = [model.json_prefix if identity is None else
              model.json_prefix_with_id + orjson.dumps(identity) + b',"outputs":[']
    binary: list[bytes] = []
    for place, is_binary in wanted:
        array = arrays[place]
        data = to_binary(array, model.outputs[place].datatype) if is_binary else to_json(array)
        if is_binary:
            binary.append(data)
            data = b'"parameters":{"binary_data_size":%d}' % len(data)
        else:
            data = b'"data":' + data
        pieces += (model.output_heads[place], b",".join([b"%d" % size for size in array.shape]), b"],", data, b"},")
    text = b"".join(pieces)[:-1] + b"]}"
    outputs = dict(zip(model.output_names, arrays, strict=True))
    if not binary:
        return Answer(200, text, model=model.key, outputs=outputs)
    return Answer(200, b"".join([text, *binary]), BINARY, b"inference-header-content-length: %d\r\n" % len(text),
                  model.key, outputs)


def to_json(array: Array) -> bytes:
    """Return the values, flat and row-major, as a JSON list; what is no finite number is null."""
    if array.dtype == object:
        return orjson.dumps(array.reshape(-1).tolist())
    flat = array.reshape(-1)
    # A list of one is quicker made than what orjson asks numpy.
    if flat.size == 1 and array.dtype.kind == "i":
        return b"[%d]" % int(flat[0])
    return orjson.dumps(flat, option=orjson.OPT_SERIALIZE_NUMPY)


def to_binary(array: Array, datatype: str) -> bytes:
    """Return the values row-major and little-endian; texts each with their length before them."""
    if datatype != BYTES:
        return array.tobytes()
    pieces = [str(text).encode() for text in array.reshape(-1).tolist()]
    return b"".join(piece for text in pieces for piece in (len(text).to_bytes(4, "little"), text))
