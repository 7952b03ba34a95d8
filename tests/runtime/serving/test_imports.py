"""The serve image has no training libraries, and a process that answers requests has no more than it needs."""

import subprocess
import sys

from tests.runtime.serving.talking import ROOT

TRAINING = {
    "pandas",
    "sklearn",
    "mlflow",
    "scipy",
    "onnx",
    "skl2onnx",
    "pyarrow",
    "lightgbm",
    "xgboost",
    "dvc",
    "compiler",
}
UNNEEDED = {"cryptography", "grpc", "google", "uvicorn", "opentelemetry", "pydantic"}
LOADED = """
import sys, pkgutil, runtime.serving
for module in pkgutil.iter_modules(runtime.serving.__path__):
    if %r in module.name: __import__(f"runtime.serving.{module.name}")
import onnxruntime, uvloop, httptools, orjson
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def _loaded(part: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", LOADED % part], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_what_is_imported():
    everything = _loaded("")
    assert not everything & TRAINING
    assert {"grpc", "numpy"} <= everything
    assert not _loaded("program") & (TRAINING | UNNEEDED)
    assert not _loaded("application") & (TRAINING | UNNEEDED)
