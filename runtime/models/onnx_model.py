"""A model as ONNX: one float32 input, answers by the names of this file. The form that is served.

| task | outputs |
|---|---|
| classification | `label` int64 (rows), `probabilities` float32 (rows, classes) |
| anomaly-detection | `label` int64 (rows), 1 for an anomaly; `score` float32 (rows) rises with it |
| regression, ranking | `prediction` float32 (rows) |
"""

from pathlib import Path
from typing import Any

import numpy as np

from runtime.models.predicting import Array, Predictions

FILE = "estimator.onnx"
INPUT = "input"
OUTPUTS = {
    "classification": ("label", "probabilities"),
    "anomaly-detection": ("label", "score"),
    "regression": ("prediction",),
    "ranking": ("prediction",),
}


class OnnxModel:
    """A session of ONNX Runtime on the CPU."""

    def __init__(self, content: bytes, task: str) -> None:
        """Load a model from its bytes."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self.content, self.task = content, task
        self._session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

    def predict(self, features: Array) -> Predictions:
        """Return the answers for a float32 matrix."""
        answers: list[Any] = self._session.run(OUTPUTS[self.task], {INPUT: features.astype(np.float32, copy=False)})
        match self.task:
            case "classification":
                return Predictions(labels=answers[0].reshape(-1), probabilities=answers[1])
            case "anomaly-detection":
                return Predictions(labels=answers[0].reshape(-1), scores=answers[1].reshape(-1))
            case _:
                return Predictions(scores=answers[0].reshape(-1))

    def interface(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return the inputs and the outputs by name, each with its type."""
        return ({given.name: given.type for given in self._session.get_inputs()},
                {made.name: made.type for made in self._session.get_outputs()})


def save(model: OnnxModel, folder: Path) -> None:
    """Write the model."""
    (folder / FILE).write_bytes(model.content)


def load(folder: Path, task: str) -> OnnxModel:
    """Return the model that `save` wrote."""
    return OnnxModel((folder / FILE).read_bytes(), task)
