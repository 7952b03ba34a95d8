"""A team's own training: a function in the team's image, found by the `module:function` of the spec.

    def fit(features, target, *, parameters, seed, task) -> estimator | bytes

`features` is a float32 array (rows, features), `target` an array of numbers (places of the classes, or
values) or None. It returns a fitted estimator with scikit-learn's interface made of scikit-learn's own
types, or the bytes of an ONNX model with the input and the outputs of `runtime.models.onnx_model`.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from runtime.models.examples import Examples
from runtime.models.onnx_model import OnnxModel
from runtime.models.predicting import Model
from runtime.models.scikit_learn import ScikitLearnModel
from runtime.outcome import Refused


def fit(settings: Mapping[str, Any], examples: Examples) -> Model:
    """Return the model that the team's function fits."""
    module, _, name = settings["entry_point"].partition(":")
    try:
        function = getattr(import_module(module), name)
    except (ImportError, AttributeError) as failure:
        raise Refused(f"the entry point `{settings['entry_point']}` is not in this image: {failure}") from failure
    made = function(examples.features, examples.target, parameters=dict(settings["parameters"]),
                    seed=settings["seed"], task=settings["task"])
    if isinstance(made, bytes):
        return OnnxModel(made, settings["task"])
    if not hasattr(made, "predict"):
        raise Refused(f"the entry point `{settings['entry_point']}` returned {type(made).__name__}, expected a fitted "
                      "estimator or the bytes of an ONNX model")
    return ScikitLearnModel(made, settings["task"])
