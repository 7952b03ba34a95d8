"""A team's own training: a function in the team's image, found by the `module:function` of the spec.

    def fit(features, target, *, parameters, seed, task, checkpoint_folder) -> model

`features` is a float32 array (rows, features), `target` an array of numbers (places of the classes, or
values) or None. `checkpoint_folder` is where state of an interrupted attempt is found again (a URL or a
path for fsspec), None where nothing outlives an attempt. It returns one of

- a fitted estimator with scikit-learn's interface, made of scikit-learn's own types alone;
- a booster of LightGBM or XGBoost;
- an ONNX model, or its bytes, with the input and the outputs of `runtime.models.onnx_model`.
"""

import inspect
import logging
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from runtime.models.examples import Examples
from runtime.models.lightgbm import LightGbmModel
from runtime.models.onnx_model import INPUT, OUTPUTS, OnnxModel
from runtime.models.predicting import Model
from runtime.models.scikit_learn import ScikitLearnModel, check_types
from runtime.models.xgboost import XgboostModel
from runtime.outcome import Refused, Unavailable

_TRIED_AGAIN = (Refused, Unavailable, ConnectionError, TimeoutError)
_TENSOR = "tensor(float)"


def fit(settings: Mapping[str, Any], examples: Examples, *, checkpoint_folder: str | None = None) -> Model:
    """Return the model that the team's function fits."""
    name, task = settings["entry_point"], settings["task"]
    given: dict[str, Any] = {"parameters": dict(settings["parameters"]), "seed": settings["seed"], "task": task,
                             "checkpoint_folder": checkpoint_folder}
    function = _function(name)
    try:
        inspect.signature(function).bind(examples.features, examples.target, **given)
    except TypeError as failure:
        raise Refused(f"`{name}` must take (features, target, *, {', '.join(given)}): {failure}") from failure
    try:
        made = function(examples.features, examples.target, **given)
    except _TRIED_AGAIN:
        raise
    except Exception as failure:
        # Their code, not ours: the trace is for them, and another attempt would end the same.
        logging.getLogger("mlproject").exception("`%s` failed", name)
        raise Refused(f"`{name}` raised {type(failure).__name__}: {failure}") from failure
    return _model(made, task, name)


def _function(name: str) -> Callable[..., Any]:
    module, _, attribute = name.partition(":")
    try:
        function: Callable[..., Any] = getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as failure:
        raise Refused(f"the entry point `{name}` is not in this image: {failure}") from failure
    if not callable(function):
        raise Refused(f"the entry point `{name}` is {type(function).__name__}, expected a function")
    return function


def _model(made: Any, task: str, name: str) -> Model:
    kind = type(made)
    match kind.__module__.partition(".")[0], kind.__name__:
        case ("builtins", "bytes"):
            return _onnx(made, task, name)
        case ("onnx", "ModelProto"):
            return _onnx(bytes(made.SerializeToString()), task, name)
        case ("lightgbm", "Booster"):
            return LightGbmModel(made, task)
        case ("xgboost", "Booster"):
            return XgboostModel(made, task)
    if not hasattr(made, "predict_proba" if task == "classification" else "predict"):
        raise Refused(f"the entry point `{name}` returned {kind.__name__}, expected a fitted estimator (of "
                      "classification: with probabilities), a booster or an ONNX model")
    check_types(made)
    return ScikitLearnModel(made, task)


def _onnx(content: bytes, task: str, name: str) -> OnnxModel:
    """Return the model of these bytes; refuse one that cannot be asked as every other model is."""
    from onnxruntime.capi.onnxruntime_pybind11_state import InvalidGraph, InvalidProtobuf

    try:
        model = OnnxModel(content, task)
    except (InvalidProtobuf, InvalidGraph) as failure:
        raise Refused(f"the entry point `{name}` returned bytes that are no ONNX model") from failure
    read, written = model.interface()
    if read != {INPUT: _TENSOR} or not set(OUTPUTS[task]) <= set(written):
        raise Refused(f"the ONNX model of `{name}` reads {', '.join(read)} and answers {', '.join(written)}, expected "
                      f"one float32 `{INPUT}`, and {', '.join(OUTPUTS[task])}")
    return model
