"""Whatever is sent, the answer is 4xx from the catalogue, and the next good request is answered as before."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runtime.serving.catalogue import CATALOGUE
from tests.runtime.serving.malformed import (
    BINARY,
    BODIES,
    COLUMNS,
    GOLDEN,
    HTTP,
    PATH,
    PATHS,
    SLOW,
    V1,
    columns,
    tensor,
)
from tests.runtime.serving.talking import post_bytes, read_reply

_VARIES = {"place": r"(the body|[a-z_]+(\[\d+\])?(\.[a-z_]+)*)", "name": r"[\w=]+", "found": r"\d+", "wanted": r"\d+"}
TEXTS = [
    re.compile(re.sub(r"\\\{(\w+)\\\}", lambda field: _VARIES[field[1]], re.escape(fault.text)))
    for fault in CATALOGUE.values()
]


def golden(server) -> None:
    reply = server.post(PATH, GOLDEN)
    assert reply.status == 200
    assert reply.json["outputs"][0]["data"] == ["no"]
    assert server.process.poll() is None


def refused(reply, *statuses: int) -> None:
    assert reply.status in (statuses or (400,)), reply
    assert set(reply.json) == {"error"}
    assert any(text.fullmatch(reply.json["error"]) for text in TEXTS), reply.json


@pytest.mark.parametrize("name", BODIES)
def test_body(server, name):
    refused(server.post(PATH, BODIES[name]))
    golden(server)


@pytest.mark.parametrize("name", COLUMNS)
def test_columns(server, name):
    refused(server.post("/v2/models/columns/infer", COLUMNS[name]))
    golden(server)


@pytest.mark.parametrize("name", V1)
def test_v1(server, name):
    refused(server.post("/v1/models/plain/versions/2:predict", V1[name]))
    golden(server)


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"age": 1},
        {"age": "1", "job": "x"},
        {"age": 1, "job": 2.5},
        {"age": 1, "job": "x", "z": 1},
        {"age": [1], "job": "x"},
    ],
    ids=str,
)
def test_v1_columns(server, row):
    refused(server.post("/v1/models/columns:predict", {"instances": [row]}))


@pytest.mark.parametrize("name", BINARY)
def test_binary(server, name):
    size, sent, length = BINARY[name]
    head = json.dumps(tensor(data=..., parameters={"binary_data_size": size})).encode()
    length = len(head) if length is None else length
    refused(server.post(PATH, head + b"\0" * sent, f"Inference-Header-Content-Length: {length}"))
    golden(server)


@pytest.mark.parametrize(
    "raw", [b"\xff\xff\xff\xff", b"\x01\0\0\0\xff", b"\x02\0\0\0a", b"\0\0\0", b"\0\0\0\0" * 2], ids=repr
)
def test_binary_texts(server, raw):
    body = columns(job={"parameters": {"binary_data_size": len(raw)}})
    del body["inputs"][1]["data"]
    head = json.dumps(body).encode()
    refused(server.post("/v2/models/columns/infer", head + raw, f"Inference-Header-Content-Length: {len(head)}"))
    golden(server)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:40])
def test_path(server, path):
    refused(server.post(path, GOLDEN), PATHS[path])
    golden(server)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "HEAD", "BREW"])
def test_method(server, method):
    with server.connect() as connection:
        connection.sendall(f"{method} {PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert connection.recv(65536).split()[1] in (b"405", b"400")
    golden(server)


@pytest.mark.parametrize("name", HTTP)
def test_http(server, name):
    raw, status = HTTP[name]
    refused(server.send(raw), status)
    golden(server)


def test_slow_clients(server):
    """Many that send half a request and wait: each is told so, and nobody else waits for them."""
    connections = [(name, server.connect()) for name in SLOW for _ in range(20)]
    for name, connection in connections:
        connection.sendall(SLOW[name])
    golden(server)
    for _, connection in connections:
        with connection:
            refused(read_reply(connection), 408)
    golden(server)


def test_clients_that_leave(server):
    for size in range(0, len(post_bytes(PATH, GOLDEN)), 9):
        with server.connect() as connection:
            connection.sendall(post_bytes(PATH, GOLDEN)[:size])
    golden(server)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_INPUT = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["input", "age", "job"]) | _JSON,
        "datatype": st.sampled_from(["FP32", "FP64", "INT64", "BYTES", "BOOL"]) | _JSON,
        "shape": st.lists(st.integers(-2, 4), max_size=3) | _JSON,
        "data": st.lists(st.floats(width=32) | _JSON, max_size=6) | _JSON,
        "parameters": _JSON,
    },
)
_REQUEST = st.fixed_dictionaries(
    {"inputs": st.lists(_INPUT, max_size=3) | _JSON}, optional={"id": _JSON, "outputs": _JSON, "parameters": _JSON}
)


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    body=_REQUEST.map(lambda body: json.dumps(body).encode()) | st.binary(max_size=60),
    at=st.sampled_from(["plain", "columns"]),
)
def test_generated(server, body, at):
    reply = server.post(f"/v2/models/{at}/infer", body)
    assert reply.status == 200 or 400 <= reply.status < 500
    golden(server)
