"""Keep the ONNX model as MLflow keeps one, for `mlflow models serve`."""

import sys

import mlflow.onnx
import onnx

if __name__ == "__main__":
    mlflow.onnx.save_model(onnx.load(sys.argv[1]), sys.argv[2], pip_requirements=[],
                           onnx_execution_providers=["CPUExecutionProvider"])
