"""Load models: verified in one child, tried in another, and only then opened here.

The child that verifies reads the folder and hands over bytes whose digest and signature are right; the
child that tries opens them as a model and asks it for one prediction, with limits on memory and time.
What crashes or hangs does so there. cryptography and what it takes stay in the first child.
"""

import json
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from runtime.serving.children import ChildError, in_child

if TYPE_CHECKING:
    from runtime.serving.model import Model

MODEL, TRANSFORM, DESCRIPTION = "model.onnx", "transform.json", "model.json"
_TRIAL_SECONDS = 60
_TRIAL_MEMORY = 4 << 30
_QUICK_SECONDS = 0.002
"""A model that takes longer for one row is never run on the event loop."""


class Source(NamedTuple):
    """Where a model comes from, and what must be true of it."""

    name: str
    version: str
    folder: Path
    digest: str | None = None


class Trust(NamedTuple):
    """Whose signature counts: PEM texts, and whether a model without one is refused."""

    keys: Sequence[str] = ()
    must_be_signed: bool = True


class Verified(NamedTuple):
    """A bundle whose bytes were checked."""

    digest: str
    key: str | None
    files: Mapping[str, bytes]


class LoadError(Exception):
    """A model is not served; the message says which and why."""


def verify(source: Source, trust: Trust) -> Verified:
    """Return the files of a source as they were signed and pinned."""
    try:
        answer = memoryview(in_child(lambda: _verify(source, trust), seconds=_TRIAL_SECONDS))
    except ChildError as failure:
        raise LoadError(f"model `{source.name}` in {source.folder}: {failure}") from failure
    size = int.from_bytes(answer[:8], "little")
    head = json.loads(bytes(answer[8:8 + size]))
    files: dict[str, bytes] = {}
    place = 8 + size
    for path, length in head["files"]:
        files[path] = bytes(answer[place:place + length])
        place += length
    missing = sorted({MODEL, DESCRIPTION} - set(files))
    if missing:
        raise LoadError(f"model `{source.name}` in {source.folder}: `{missing[0]}` is missing")
    return Verified(head["digest"], head["key"], files)


def _verify(source: Source, trust: Trust) -> bytes:
    from runtime.bundle import read_bundle, trusted_keys

    bundle = read_bundle(source.folder, trusted=trusted_keys(trust.keys), digest=source.digest,
                         must_be_signed=trust.must_be_signed)
    head = json.dumps({"digest": bundle.digest, "key": bundle.key,
                       "files": [(path, len(data)) for path, data in bundle.files.items()]}).encode()
    return b"".join([len(head).to_bytes(8, "little"), head, *bundle.files.values()])


def attempt(source: Source, verified: Verified, *, device: str = "auto") -> float:
    """Return the seconds that the model takes for one row, found in a child; refuse what does not work there."""
    memory = 0 if device != "cpu" and os.path.exists("/dev/nvidiactl") else _TRIAL_MEMORY
    try:
        answer = in_child(lambda: _attempt(source, verified, device), memory_bytes=memory + len(verified.files[MODEL]),
                          seconds=_TRIAL_SECONDS)
    except ChildError as failure:
        raise LoadError(f"model `{source.name}` in {source.folder} does not work: {failure}") from failure
    return float(answer)


def _attempt(source: Source, verified: Verified, device: str) -> bytes:
    from runtime.serving.onnx_files import check_model

    # Nothing is found by a relative path.
    os.chdir("/proc/self/fdinfo")
    check_model(verified.files[MODEL])
    model = open_model(source, verified, device=device, threads=1, seconds=0)
    return str(min(_one_row(model) for _ in range(3))).encode()


def _one_row(model: "Model") -> float:
    import numpy as np

    begin = time.perf_counter()
    outputs = model.run(np.zeros((1, model.width or 1), dtype=np.float32))
    if any(len(output) != 1 for output in outputs):
        raise ValueError("the model does not answer one row with one row")
    return time.perf_counter() - begin


def open_model(source: Source, verified: Verified, *, device: str, threads: int, seconds: float) -> "Model":
    """Return the model, opened in this process; `seconds` is what the attempt found for one row."""
    from runtime.features.transform import from_json
    from runtime.serving.model import Model
    from runtime.serving.sessions import open_session

    description = json.loads(verified.files[DESCRIPTION])
    transform = from_json(json.loads(verified.files[TRANSFORM])) if TRANSFORM in verified.files else None
    # A label of another task, such as 1 for an anomaly, is no place in the list of classes.
    classes = description.get("classes") if description.get("task", "classification") == "classification" else None
    session = open_session(verified.files[MODEL], device=device, threads=threads)
    model = Model(source.name, source.version, session, digest=verified.digest, transform=transform,
                  classes=classes, is_quick=seconds < _QUICK_SECONDS)
    if transform is not None and model.width not in (0, len(transform.names)):
        raise ValueError(f"`{TRANSFORM}` makes {len(transform.names)} features, the model takes {model.width}")
    return model
