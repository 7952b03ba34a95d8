"""The model under the KServe SDK: what its documentation has for a model of one's own, with ONNX Runtime."""

import logging
import sys

import numpy as np
import onnxruntime
from kserve import InferOutput, InferResponse, Model, ModelServer
from kserve.utils.utils import generate_uuid


class Served(Model):
    """One ONNX model."""

    def __init__(self, path: str) -> None:
        super().__init__("model")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.ready = True

    def predict(self, payload, headers=None, response_headers=None):  # type: ignore[no-untyped-def]
        """Answer a request of protocol V2."""
        label, probabilities = self.session.run(None, {"input": payload.inputs[0].as_numpy().astype(np.float32)})
        outputs = [InferOutput("label", list(label.shape), "INT64"),
                   InferOutput("probabilities", list(probabilities.shape), "FP32")]
        for output, array in zip(outputs, (label, probabilities), strict=True):
            output.set_data_from_numpy(array, binary_data=False)
        return InferResponse(response_id=payload.id or generate_uuid(), model_name=self.name, infer_outputs=outputs)


def main(path: str, port: str) -> None:
    """Serve over REST alone, without a line of log for each request."""
    server = ModelServer(http_port=int(port), enable_grpc=False, workers=1, enable_latency_logging=False,
                         access_log_format=None)
    for name in ("kserve", "kserve.trace", "uvicorn", "uvicorn.access", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.WARNING)
    server.start([Served(path)])


if __name__ == "__main__":
    main(*sys.argv[1:])
