"""Prediction as protocol V1 has it: `{"instances": [...]}` in, `{"predictions": [...]}` out."""

from typing import Any

import numpy as np
import orjson

from runtime.serving.answers import Answer, Asked
from runtime.serving.catalogue import Refusal
from runtime.serving.datatypes import OF_COLUMN, TYPES, Array
from runtime.serving.infer_v2 import to_json
from runtime.serving.model import LABEL, Model
from runtime.serving.tensors import as_objects, from_json

_GAP = type(None)


def read_v1(model: Model, body: bytes | bytearray, _: int | None) -> Asked:
    """Return what a request asks."""
    try:
        request = orjson.loads(body)
    except orjson.JSONDecodeError as failure:
        raise Refusal("json") from failure
    if type(request) is not dict:
        raise Refusal("object", "the body")
    instances = request.get("instances")
    if type(instances) is not list:
        raise Refusal("list" if instances is not None else "missing", "instances")
    model.check_rows(len(instances), "instances")
    return Asked(_matrix(model, instances), lambda arrays: _answer(model, arrays))


def _answer(model: Model, arrays: list[Array]) -> Answer:
    """Return for each instance the class, or the number, that is predicted."""
    outputs = dict(zip(model.output_names, arrays, strict=True))
    shown = outputs.get(LABEL, arrays[0])
    body = b'{"predictions":' + (to_json(shown) if shown.size == len(shown) else orjson.dumps(shown.tolist())) + b"}"
    return Answer(200, body, model=model.key, outputs=outputs)


def _matrix(model: Model, instances: list[Any]) -> Array:
    if type(instances[0]) is dict:
        return model.from_rows(_columns(model, instances))
    if type(instances[0]) is not list:
        raise Refusal("list", "instances[0]")
    width = len(instances[0])
    if width != model.width and (model.width or not width):
        raise Refusal("width", "instances", found=width, wanted=model.width)
    values = from_json(instances, "FP32", (len(instances), width), "instances")
    if values.dtype != np.float32:
        raise Refusal("value", "instances")
    return values.reshape(len(instances), width)


def _columns(model: Model, instances: list[Any]) -> dict[str, Array]:
    """Return the rows as columns: every row has every column of the model, and no other."""
    for index, row in enumerate(instances):
        if type(row) is not dict:
            raise Refusal("object", f"instances[{index}]")
        if len(row) > len(model.columns):
            raise Refusal("unknown-input", f"instances[{index}]")
    columns: dict[str, Array] = {}
    for name, kind in model.columns.items():
        try:
            values = [row[name] for row in instances]
        except KeyError as failure:
            raise Refusal("no-column", name=name) from failure
        if not set(map(type, values)) <= TYPES[OF_COLUMN[kind]] | {_GAP, int}:
            raise Refusal("column", name=name)
        columns[name] = as_objects(values)
    return columns
