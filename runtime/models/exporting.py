"""Convert a fitted model to ONNX: a pinned opset, one float32 input, the outputs of `onnx_model`."""

import warnings
from typing import TYPE_CHECKING, Any

from runtime.models.lightgbm import LightGbmModel
from runtime.models.onnx_model import INPUT, OUTPUTS, OnnxModel
from runtime.models.predicting import Model
from runtime.models.scikit_learn import ScikitLearnModel
from runtime.models.xgboost import XgboostModel
from runtime.outcome import Refused

if TYPE_CHECKING:
    import onnx

OPSET = {"": 15, "ai.onnx.ml": 3}
"""The newest that every converter here writes; each server of the last years reads it."""


def to_onnx(model: Model, *, task: str, features: int) -> bytes:
    """Return the model as ONNX; what has no converter is a refusal by name."""
    if isinstance(model, OnnxModel):
        return model.content
    return bytes(_named(_converted(model, task, features), task).SerializeToString())


def _converted(model: Model, task: str, features: int) -> Any:
    from onnxmltools.convert.common.data_types import FloatTensorType

    shape = [(INPUT, FloatTensorType([None, features]))]
    try:
        with warnings.catch_warnings():
            # skl2onnx writes booleans where protobuf 7 wants numbers; the lock holds protobuf 6.
            warnings.filterwarnings("ignore", message="Field onnx", category=DeprecationWarning)
            return _convert(model, task, features, shape)
    except (RuntimeError, NotImplementedError, ValueError) as failure:
        raise Refused(f"the model does not convert to ONNX: {failure}") from failure


def _convert(model: Model, task: str, features: int, shape: list[tuple[str, Any]]) -> Any:
    match model:
        case ScikitLearnModel():
            return _from_scikit_learn(model, task, features)
        case LightGbmModel():
            from onnxmltools import convert_lightgbm

            return convert_lightgbm(model.booster, initial_types=shape, target_opset=OPSET[""], zipmap=False)
        case XgboostModel():
            from onnxmltools import convert_xgboost

            return convert_xgboost(_as_regression(model) if task == "ranking" else model.booster,
                                   initial_types=shape, target_opset=OPSET[""])
        case _:
            raise Refused(f"{type(model).__name__} has no way to ONNX")


def _as_regression(model: XgboostModel) -> Any:
    """Return a ranking booster as one of regression: the converter knows no ranks, and the sum is the same."""
    import xgboost

    booster = xgboost.Booster(model_file=bytearray(model.booster.save_raw("json")))
    booster.set_param({"objective": "reg:squarederror"})
    return booster


def _from_scikit_learn(model: ScikitLearnModel, task: str, features: int) -> Any:
    from skl2onnx import to_onnx as convert
    from skl2onnx.common.data_types import FloatTensorType

    options: dict[str, Any] = {"zipmap": False} if task == "classification" else {}
    try:
        return convert(model.estimator, initial_types=[(INPUT, FloatTensorType([None, features]))],
                       target_opset=OPSET, options={id(model.estimator): options} if options else None)
    except NameError as failure:
        # How the converter says that an option does not exist for this estimator.
        raise Refused(f"{type(model.estimator).__name__} does not convert to ONNX: {failure}") from failure


def _named(model: "onnx.ModelProto", task: str) -> "onnx.ModelProto":
    """Return the model with the outputs of `onnx_model`: by their names, one answer a row, an anomaly as 1."""
    from onnx import TensorProto, compose, helper

    made = compose.add_prefix(model, "model_", rename_inputs=False)
    found = [output.name for output in made.graph.output]
    wanted = OUTPUTS[task]
    if len(found) < len(wanted):
        raise Refused(f"the model has the outputs {', '.join(found)} in ONNX, expected {', '.join(wanted)}")
    made.graph.initializer.extend([helper.make_tensor("flat", TensorProto.INT64, [1], [-1]),
                                   helper.make_tensor("zero", TensorProto.INT64, [1], [0])])
    for old, new in zip(found, wanted, strict=False):
        made.graph.node.extend(_answer(old, new, is_anomaly=task == "anomaly-detection"))
    del made.graph.output[:]
    made.graph.output.extend(helper.make_tensor_value_info(
        name, TensorProto.INT64 if name == "label" else TensorProto.FLOAT,
        [None, None] if name == "probabilities" else [None]) for name in wanted)
    # Converters name the same operator set twice.
    versions = {entry.domain: max(e.version for e in made.opset_import if e.domain == entry.domain)
                for entry in made.opset_import}
    del made.opset_import[:]
    made.opset_import.extend(helper.make_opsetid(domain, version) for domain, version in sorted(versions.items()))
    return made


def _answer(old: str, new: str, *, is_anomaly: bool) -> "list[onnx.NodeProto]":
    from onnx import TensorProto, helper

    if new == "probabilities":
        return [helper.make_node("Identity", [old], [new])]
    flat = helper.make_node("Reshape", [old, "flat"], [f"flat_{new}" if is_anomaly else new])
    if not is_anomaly:
        return [flat]
    if new == "label":
        # The library says -1 of an anomaly, and its scores fall.
        return [flat, helper.make_node("Less", [f"flat_{new}", "zero"], ["is_anomaly"]),
                helper.make_node("Cast", ["is_anomaly"], [new], to=TensorProto.INT64)]
    return [flat, helper.make_node("Neg", [f"flat_{new}"], [new])]
