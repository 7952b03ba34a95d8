"""Make the model that every server serves: gradient boosting on the breast cancer data of scikit-learn, as ONNX."""

import json
import sys
from pathlib import Path

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import GradientBoostingClassifier

from runtime.bundle import sign, write_manifest


def main(folder: Path) -> None:
    """Write `bundle/`, `key.pem`, and the request as each protocol has it."""
    rows, target = load_breast_cancer(return_X_y=True)
    rows = rows.astype(np.float32)
    model = GradientBoostingClassifier(n_estimators=100, random_state=0).fit(rows, target)
    onnx = to_onnx(model, initial_types=[("input", FloatTensorType([None, rows.shape[1]]))],
                   options={"zipmap": False}, target_opset={"": 21, "ai.onnx.ml": 1})
    bundle = folder / "bundle"
    bundle.mkdir()
    (bundle / "model.onnx").write_bytes(onnx.SerializeToString())
    (bundle / "model.json").write_text(json.dumps({"name": "model", "classes": [0, 1]}), encoding="utf-8")
    write_manifest(bundle)
    key = Ed25519PrivateKey.generate()
    sign(bundle, key)
    (folder / "key.pem").write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    row = [float(value) for value in rows[0]]
    tensor = {"name": "input", "datatype": "FP32", "shape": [1, len(row)], "data": row}
    for name, body in (("v2", {"inputs": [tensor]}), ("bentoml", {"rows": [row]}), ("mlflow", {"inputs": [row]})):
        (folder / f"{name}.json").write_text(json.dumps(body), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
