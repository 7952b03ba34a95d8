"""Serve what the lock pins, by the server that the manifests start, and hold its answers against scikit-learn's."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
from commands import COMMAND, FOLDER, REPOSITORY
from training import ENVIRONMENT, SPEC, Trained

ROWS = 1000
NAME = "employment"
_TOLERANCE = 1e-5
_PATIENCE_SECONDS = 60


class Answered(NamedTuple):
    """How many rows were asked, the largest difference from scikit-learn, and what the server counted."""

    rows: int
    difference: float
    different_labels: int
    milliseconds: float

    @property
    def is_same(self) -> bool:
        """Tell whether the server answers as the trained model does."""
        return self.different_labels == 0 and self.difference <= _TOLERANCE


def ask(trained: Trained) -> Answered:
    """Ask for held-out rows by their raw columns, as an application would."""
    from runtime.models.examples import load_examples
    from runtime.models.keeping import load_model

    model = load_model(trained.artifacts["model"])
    holdout = load_examples(trained.artifacts["holdout"], model.transform, "employed")
    expected = model.model.predict(holdout.features[:ROWS])
    columns = {name: holdout.rows[name].iloc[:ROWS] for name in model.transform.columns}
    inputs = [{"name": name, "datatype": "FP64" if model.transform.columns[name] == "float64" else "BYTES",
               "shape": [ROWS], "data": values.tolist()} for name, values in columns.items()]
    with _server() as address:
        start = time.perf_counter()
        said = _post(f"{address}/v2/models/{NAME}/infer", {"inputs": inputs})
        milliseconds = (time.perf_counter() - start) * 1000
    outputs = {output["name"]: np.array(output["data"]).reshape(output["shape"]) for output in said["outputs"]}
    answered = Answered(
        ROWS, float(np.abs(outputs["probabilities"] - expected.probabilities).max()),
        int((outputs["label"] != expected.labels).sum()), milliseconds)
    print(f"  {ROWS} held-out rows asked: {answered.different_labels} labels differ from scikit-learn's, "
          f"probabilities by at most {answered.difference:.1e}", flush=True)
    return answered


@contextmanager
def _server() -> Iterator[str]:
    """Run the server on a free port until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["serve", SPEC, "--env", ENVIRONMENT, "--port", str(port)]
    print(f"\n{REPOSITORY.name} $ mlproject {' '.join(arguments)} &", flush=True)
    with (FOLDER / "server.log").open("w") as log, \
            subprocess.Popen([COMMAND, *arguments], cwd=REPOSITORY, stdout=log, stderr=log) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/v2/models/{NAME}/ready", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(url: str, process: subprocess.Popen) -> None:
    for _ in range(_PATIENCE_SECONDS * 10):
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            if process.poll() is not None:
                break
            time.sleep(0.1)
    print((FOLDER / "server.log").read_text(), file=sys.stderr)
    sys.exit(f"the server does not answer: {FOLDER / 'server.log'}")


def _post(url: str, body: dict) -> dict:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)
