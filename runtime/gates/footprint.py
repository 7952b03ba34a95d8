"""The loaded model fits: what a process grows by when it loads the model and answers once."""

import multiprocessing
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from runtime.gates.judging import Case, Judgement, Number
from runtime.outcome import Unavailable

_STATUS = Path("/proc/self/status")
_LIMIT_SECONDS = 120


def judge(case: Case, settings: Mapping[str, Any]) -> Judgement:
    """Judge the memory of the loaded model; the size of its file is for the reader."""
    content = case.onnx.content
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        # A process of its own: in this one, memory that training freed would hide what the model takes.
        context = multiprocessing.get_context("spawn")
        receiving, sending = context.Pipe(duplex=False)
        child = context.Process(target=_measure, args=(file.name, case.task, case.holdout.features.shape[1], sending))
        child.start()
        sending.close()
        try:
            grown = receiving.recv() if receiving.poll(_LIMIT_SECONDS) else None
        except EOFError:
            grown = None
        finally:
            child.kill()
            child.join()
    if grown is None:
        raise Unavailable("the memory of the model could not be measured: the process that did it gave no answer")
    return Judgement((Number("bytes in memory", float(grown), "<=", float(settings["maximum_bytes"])),
                      Number("bytes of the file", float(len(content)))))


def _measure(path: str, task: str, features: int, sending: Any) -> None:
    import numpy as np
    import onnxruntime

    from runtime.models.onnx_model import OnnxModel

    # Its import is the server's cost, whatever the model.
    del onnxruntime
    before = _resident()
    OnnxModel(Path(path).read_bytes(), task).predict(np.zeros((1, features), dtype=np.float32))
    sending.send(max(0, _resident() - before))


def _resident() -> int:
    """Return the resident memory of this process in bytes (Linux)."""
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024
