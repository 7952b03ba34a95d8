"""What is served was signed, pinned, whole and tried: everything else is refused, and says why."""

import faulthandler
import json
import os
import shutil
import signal
import subprocess
import sys

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from runtime.bundle import sign, write_manifest
from runtime.serving.children import ChildError, in_child
from runtime.serving.loading import LoadError, Source, Trust, attempt, verify
from runtime.serving.onnx_files import MalformedModelError, check_model
from tests.runtime.serving.bundles import KEY, classifier, model_of, write_bundle, write_key
from tests.runtime.serving.talking import ROOT, end, start


def serve(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a server that is expected to refuse."""
    return subprocess.run(
        [sys.executable, "-m", "runtime", "serve", "--port", "0", *arguments],
        cwd=ROOT,
        timeout=60,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["model.onnx", "model.json", "manifest.json", "manifest.sig"])
def test_one_changed_byte_of_a_registered_model_and_it_is_not_served(tmp_path, bundle, key, name):
    folder = shutil.copytree(bundle, tmp_path / "copy")
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    done = serve("--model", f"plain={folder}", "--trust", str(key))
    assert done.returncode == 1
    assert name.partition(".")[0] in json.loads(done.stderr.splitlines()[-1])["message"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            lambda folder: (folder / "extra.py").write_text(""), "`extra.py` is not in the manifest", id="a file more"
        ),
        pytest.param(lambda folder: (folder / "model.onnx").unlink(), "`model.onnx` is missing", id="a file less"),
        pytest.param(lambda folder: (folder / "manifest.sig").unlink(), "is not signed", id="no signature"),
        pytest.param(shutil.rmtree, "is missing", id="no folder"),
    ],
)
def test_another_folder(tmp_path, bundle, key, change, message):
    folder = shutil.copytree(bundle, tmp_path / "copy")
    change(folder)
    with pytest.raises(LoadError, match=message):
        verify(Source("plain", "1", folder), Trust([key.read_text()]))


def test_another_digest_and_another_key(bundle, key, tmp_path):
    with pytest.raises(LoadError, match="pinned is sha256:0000"):
        verify(Source("plain", "1", bundle, f"sha256:{'0' * 64}"), Trust([key.read_text()]))
    other = write_key(tmp_path / "other.pem").read_text().replace("A", "B", 1)
    with pytest.raises(LoadError):
        verify(Source("plain", "1", bundle), Trust([other]))


def external() -> onnx.ModelProto:
    model = classifier()
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/passwd")
    return model


def hidden() -> onnx.ModelProto:
    """Return a model whose external tensor is an attribute of a node in a branch."""
    model = classifier()
    branch = helper.make_graph(
        [helper.make_node("Constant", [], ["c"], value=external().graph.initializer[0])], "b", [], []
    )
    model.graph.node.append(helper.make_node("If", ["input"], ["c"], then_branch=branch))
    return model


def endless() -> onnx.ModelProto:
    """Return a model that never ends."""
    body = helper.make_graph(
        [helper.make_node("Identity", ["on"], ["on_after"])],
        "body",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, []),
            helper.make_tensor_value_info("on", TensorProto.BOOL, []),
        ],
        [helper.make_tensor_value_info("on_after", TensorProto.BOOL, [])],
    )
    nodes = [
        helper.make_node("Loop", ["", "yes"], [], body=body),
        helper.make_node("Identity", ["input"], ["prediction"]),
    ]
    return model_of(
        nodes,
        3,
        [numpy_helper.from_array(np.array(True), "yes")],
        [helper.make_tensor_value_info("prediction", TensorProto.FLOAT, [None, 3])],
    )


def greedy() -> onnx.ModelProto:
    """Return a model that wants a terabyte."""
    nodes = [
        helper.make_node("ConstantOfShape", ["size"], ["large"]),
        helper.make_node("ReduceSum", ["large"], ["sum"]),
        helper.make_node("Add", ["input", "sum"], ["prediction"]),
    ]
    return model_of(
        nodes,
        3,
        [numpy_helper.from_array(np.array([1 << 38], dtype=np.int64), "size")],
        [helper.make_tensor_value_info("prediction", TensorProto.FLOAT, [None, 3])],
    )


def two_inputs() -> onnx.ModelProto:
    model = classifier()
    model.graph.input.append(helper.make_tensor_value_info("more", TensorProto.FLOAT, [None, 1]))
    return model


REFUSED = {
    "no model": (b"hello", "no ONNX model"),
    "empty": (b"", "no graph"),
    "a pickle": (b"\x80\x04K\x01.", "no ONNX model"),
    "cut off": (classifier().SerializeToString()[:-40], "cut off"),
    "a zip": (b"PK\x03\x04" + bytes(60), "no ONNX model"),
    "tensors in other files": (external(), "in other files"),
    "hidden tensors in other files": (hidden(), "in other files"),
    "too much memory": (greedy(), "does not work"),
    "two inputs": (two_inputs(), "one float32 tensor `input`"),
    "nested too deeply": (None, "nested too deeply"),
}


def nested() -> bytes:
    def field(number: int, content: bytes) -> bytes:
        size, length = bytearray(), len(content)
        while length > 127:
            size.append(length & 127 | 128)
            length >>= 7
        return bytes([number << 3 | 2, *size, length]) + content

    inner = b""
    for _ in range(20):
        inner = field(1, field(5, field(6, inner)))
    return field(7, inner)


@pytest.mark.parametrize("name", REFUSED)
def test_a_signed_model_that_does_not_work(tmp_path, name):
    model, message = REFUSED[name]
    folder = write_bundle(tmp_path / "model", nested() if model is None else model)
    source, trust = Source("plain", "1", folder), Trust([write_key(tmp_path / "key.pem").read_text()])
    with pytest.raises(LoadError, match=message):
        attempt(source, verify(source, trust), device="cpu")


def test_a_child_that_dies_hangs_or_eats_does_so_alone():
    def crash() -> bytes:
        faulthandler.disable()
        os.kill(os.getpid(), signal.SIGSEGV)
        return b""

    with pytest.raises(ChildError, match="SIGSEGV"):
        in_child(crash)
    with pytest.raises(ChildError, match=r"SIG(XCPU|KILL)|took too long"):
        in_child(lambda: bytes(any(iter(int, 1))), seconds=1)
    with pytest.raises(ChildError, match="more memory"):
        in_child(lambda: bytes(1 << 34), memory_bytes=1 << 32)
    assert in_child(lambda: b"x" * 300_000) == b"x" * 300_000


def test_flipped_bytes_of_a_signed_model_never_reach_the_parent(tmp_path):
    """Whatever a byte of the model becomes, the child answers, refuses or dies; this process goes on."""
    content = classifier().SerializeToString()
    trust = Trust([write_key(tmp_path / "key.pem").read_text()])
    outcomes = {"served": 0, "refused": 0}
    for place in range(0, len(content), max(1, len(content) // 12)):
        changed = bytearray(content)
        changed[place] ^= 0xFF
        folder = write_bundle(tmp_path / f"at{place}", bytes(changed))
        source = Source("plain", "1", folder)
        try:
            attempt(source, verify(source, trust), device="cpu")
            outcomes["served"] += 1
        except LoadError:
            outcomes["refused"] += 1
    assert outcomes["refused"] > 0
    assert sum(outcomes.values()) >= 12


def test_flipped_bytes_never_hurt_the_scanner():
    content = classifier().SerializeToString()
    for place in range(len(content)):
        for mask in (1, 0x80, 0xFF):
            changed = bytearray(content)
            changed[place] ^= mask
            try:
                check_model(bytes(changed))
            except MalformedModelError:
                continue


def test_a_bundle_made_elsewhere_is_served_with_its_digest(tmp_path, key):
    folder = write_bundle(tmp_path / "model", classifier())
    digest = write_manifest(folder)
    sign(folder, KEY)
    running = start(["--model", f"plain={folder}", "--trust", str(key), "--digest", digest, "--batch-rows", "64"])
    body = {"instances": [[1, 2, 0.5]]}
    assert running.post("/v1/models/plain:predict", body).json == {"predictions": ["no"]}
    assert running.post("/v1/models/plain:predict", {"instances": [[1, 2]]}).status == 400
    connection = running.connect()
    raw = b"POST /v1/models/plain:predict HTTP/1.1\r\nContent-Length: 31\r\n\r\n"
    connection.sendall(raw)
    running.process.terminate()
    connection.sendall(b'{"instances": [[1, 2, 0.5]]}   ')
    with connection:
        received = connection.recv(65536)
    assert received.startswith(b"HTTP/1.1 200"), "what was begun is answered"
    assert end(running) == 0


def test_mlproject_serve_becomes_the_server(bundle, key):
    running = start(
        ["--model", f"plain={bundle}", "--trust", str(key)], program=(sys.executable, "-m", "compiler", "serve")
    )
    assert running.get("/v2/models/plain/ready").status == 200
    assert end(running) == 0
