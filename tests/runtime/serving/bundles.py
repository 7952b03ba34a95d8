"""Small models that are made here: a softmax over two classes, with and without raw columns before it."""

import json
from pathlib import Path

import numpy as np
import onnx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from onnx import TensorProto, helper, numpy_helper

from runtime.bundle import sign, write_manifest
from runtime.features import FittedTransform

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WEIGHTS = np.array([[1.0, -1.0], [0.5, 0.25], [-2.0, 2.0]], dtype=np.float32)
CLASSES = ("no", "yes")


def classifier(width: int = 3, *, factor: float = 1.0) -> onnx.ModelProto:
    """Return probabilities = softmax(input x weights), label = the place of the largest."""
    weights = numpy_helper.from_array(np.resize(WEIGHTS, (width, 2)) * np.float32(factor), "weights")
    nodes = [helper.make_node("MatMul", ["input", "weights"], ["scores"]),
             helper.make_node("Softmax", ["scores"], ["probabilities"], axis=1),
             helper.make_node("ArgMax", ["scores"], ["label"], axis=1, keepdims=0)]
    outputs = [helper.make_tensor_value_info("label", TensorProto.INT64, [None]),
               helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [None, 2])]
    return model_of(nodes, width, [weights], outputs)


def regressor(width: int = 3) -> onnx.ModelProto:
    """Return prediction = the sum of the features."""
    nodes = [helper.make_node("ReduceSum", ["input", "axes"], ["prediction"], keepdims=1)]
    axes = numpy_helper.from_array(np.array([1], dtype=np.int64), "axes")
    return model_of(nodes, width, [axes], [helper.make_tensor_value_info("prediction", TensorProto.FLOAT, [None, 1])])


def model_of(nodes: list, width: int, initializers: list, outputs: list) -> onnx.ModelProto:
    """Return a model of one float32 input."""
    given = helper.make_tensor_value_info("input", TensorProto.FLOAT, [None, width])
    graph = helper.make_graph(nodes, "graph", [given], outputs, initializer=initializers)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)


def transform() -> FittedTransform:
    """Return a transform of a number and a class to three features."""
    jobs = ["clerk", "smith"]
    return FittedTransform(columns={"age": "float64", "job": "category"}, operations=(), classes=CLASSES, outputs=[
        {"column": "age", "features": ["age"], "fill": 40.0},
        {"column": "job", "features": [f"job={job}" for job in jobs], "categories": jobs, "other": False}])


def write_bundle(folder: Path, model: onnx.ModelProto | bytes, *, with_transform: bool = False) -> Path:
    """Write and sign a bundle, and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model if isinstance(model, bytes) else model.SerializeToString())
    (folder / "model.json").write_text(json.dumps({"name": folder.name, "classes": list(CLASSES)}))
    if with_transform:
        transform().save(folder / "transform.json")
    write_manifest(folder)
    sign(folder, KEY)
    return folder


def write_key(path: Path) -> Path:
    """Write the public key, and return its path."""
    path.write_bytes(KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return path
