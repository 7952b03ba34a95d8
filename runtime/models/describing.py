"""`model.json`: what a model reads and answers, for whoever serves it or reads about it."""

from collections.abc import Mapping
from typing import Any

from runtime.features import FittedTransform
from runtime.models.exporting import OPSET
from runtime.models.onnx_model import INPUT, OUTPUTS

VERSION = 1


def describe(*, name: str, task: str, transform: FittedTransform, training: Mapping[str, Any]) -> dict[str, Any]:
    """Return the description of an exported model."""
    return {
        "version": VERSION,
        "name": name,
        "task": task,
        "classes": transform.classes,
        "columns": [{"name": column, "type": kind} for column, kind in transform.columns.items()],
        "features": list(transform.names),
        "input": INPUT,
        "outputs": list(OUTPUTS[task]),
        "opset": OPSET[""],
        "framework": training["framework"],
        "algorithm": training["algorithm"],
        "training": dict(training),
    }
