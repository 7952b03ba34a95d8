"""ONNX Runtime: CUDA where a session truly has it, one thread a request, no more memory than is asked for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

CPU = "CPUExecutionProvider"
CUDA = "CUDAExecutionProvider"


def open_session(model: bytes, *, device: str = "auto", threads: int = 1) -> "InferenceSession":
    """Return a session of the model; `device` is auto, cpu or cuda, and cuda without CUDA is refused."""
    import onnxruntime

    onnxruntime.set_default_logger_severity(4)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # A thread that waits for work by spinning takes the core from the one that has some.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False
    session = onnxruntime.InferenceSession(model, options, providers=_providers(device))
    # What is available says nothing: a wheel with CUDA names it on a machine that has none.
    if device == "cuda" and session.get_providers()[0] != CUDA:
        raise ValueError("there is no CUDA here: ONNX Runtime fell back to the processor")
    return session


def _providers(device: str) -> list[str]:
    import onnxruntime

    if device == "cpu" or CUDA not in onnxruntime.get_available_providers() or not _may_have_cuda():
        return [CPU]
    return [CUDA, CPU]


def _may_have_cuda() -> bool:
    """Tell whether a driver is there at all; without one, asking for CUDA is only a red line in the log."""
    import os

    return os.path.exists("/dev/nvidiactl") or os.path.exists("/dev/dxg")
