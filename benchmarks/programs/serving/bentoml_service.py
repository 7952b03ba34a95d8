"""The model under BentoML: a service of its own protocol, with ONNX Runtime."""

import os

import bentoml
import numpy as np
import onnxruntime


@bentoml.service(workers=1, traffic={"timeout": 60}, logging={"access": {"enabled": False}}, metrics={"enabled": True})
class Served:
    """One ONNX model."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(os.environ["MODEL"], options, providers=["CPUExecutionProvider"])

    @bentoml.api
    def predict(self, rows: list[list[float]]) -> list[list[float]]:
        """Answer with the probabilities of each row."""
        probabilities: np.ndarray = self.session.run(["probabilities"], {"input": np.array(rows, dtype=np.float32)})[0]
        return probabilities.tolist()
