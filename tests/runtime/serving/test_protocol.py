"""What a client of the protocol may rely on."""

import json

import numpy as np
import pytest

from compiler.targets.kubernetes.metric_names import METRICS
from tests.runtime.serving.bundles import WEIGHTS
from tests.runtime.serving.talking import post_bytes, read_reply

ROW = [1.0, 2.0, 0.5]


def expected(rows, factor=1.0):
    scores = np.array(rows, dtype=np.float32) @ (WEIGHTS * np.float32(factor))
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return scores.argmax(axis=1), shares


def tensor(data, shape, **more):
    return {"inputs": [{"name": "input", "datatype": "FP32", "shape": shape, "data": data, **more}]}


def output(reply, name):
    return next(each for each in reply.json["outputs"] if each["name"] == name)


@pytest.mark.parametrize(
    "data", [pytest.param([1, 2, 0.5, 0, 0, 9], id="flat"), pytest.param([[1, 2, 0.5], [0, 0, 9]], id="nested")]
)
def test_infer(server, data):
    reply = server.post("/v2/models/plain/versions/2/infer", tensor(data, [2, 3]) | {"id": "seven"})
    labels, shares = expected([ROW, [0, 0, 9]])
    assert reply.status == 200
    assert reply.headers["content-type"] == "application/json"
    assert (reply.json["model_name"], reply.json["model_version"], reply.json["id"]) == ("plain", "2", "seven")
    assert output(reply, "label") == {
        "name": "label",
        "datatype": "BYTES",
        "shape": [2],
        "data": [("no", "yes")[label] for label in labels],
    }
    assert output(reply, "probabilities")["shape"] == [2, 2]
    np.testing.assert_allclose(output(reply, "probabilities")["data"], shares.reshape(-1), rtol=1e-6)


def test_the_newest_version_answers_whoever_names_none(server):
    reply = server.post("/v2/models/plain/infer", tensor(ROW, [1, 3]))
    assert reply.json["model_version"] == "10"
    np.testing.assert_allclose(output(reply, "probabilities")["data"], expected([ROW], 3.0)[1][0], rtol=1e-5)


def test_outputs_are_chosen_by_name(server):
    reply = server.post("/v2/models/plain/infer", tensor(ROW, [1, 3]) | {"outputs": [{"name": "probabilities"}]})
    assert [each["name"] for each in reply.json["outputs"]] == ["probabilities"]


def test_binary_data(server):
    head = json.dumps(
        {
            "inputs": [{"name": "input", "datatype": "FP32", "shape": [1, 3], "parameters": {"binary_data_size": 12}}],
            "parameters": {"binary_data_output": True},
        }
    ).encode()
    reply = server.post(
        "/v2/models/plain/versions/2/infer",
        head + np.array(ROW, "<f4").tobytes(),
        f"Inference-Header-Content-Length: {len(head)}",
    )
    assert reply.status == 200
    size = int(reply.headers["inference-header-content-length"])
    outputs = json.loads(reply.body[:size])["outputs"]
    assert [each["parameters"]["binary_data_size"] for each in outputs] == [4 + len("no"), 8]
    rest = reply.body[size:]
    assert rest[:6] == b"\x02\0\0\0no"
    np.testing.assert_allclose(np.frombuffer(rest[6:], "<f4"), expected([ROW])[1][0], rtol=1e-6)


def test_raw_columns_go_through_the_transform_of_training(server):
    reply = server.post(
        "/v2/models/columns/infer",
        {
            "inputs": [
                {"name": "job", "datatype": "BYTES", "shape": [3, 1], "data": ["smith", None, "unseen"]},
                {"name": "age", "datatype": "FP64", "shape": [3], "data": [1, None, 2.5]},
            ]
        },
    )
    shares = expected([[1, 0, 1], [40, 0, 0], [2.5, 0, 0]])[1]
    np.testing.assert_allclose(output(reply, "probabilities")["data"], shares.reshape(-1), rtol=1e-5, atol=1e-30)


def test_v1(server):
    assert server.post("/v1/models/plain/versions/2:predict", {"instances": [ROW, [0, 0, 9]]}).json == {
        "predictions": ["no", "yes"]
    }
    rows = [{"age": 1, "job": "smith"}, {"age": None, "job": None}]
    assert server.post("/v1/models/columns:predict", {"instances": rows}).json == {"predictions": ["yes", "no"]}
    assert server.post("/v1/models/sums:predict", {"instances": [ROW]}).json == {"predictions": [3.5]}
    assert server.get("/v1/models").json == {"models": ["columns", "plain", "sums"]}
    assert server.get("/v1/models/plain").json == {"name": "plain", "ready": True}


def test_health_and_metadata(server):
    assert server.get("/v2/health/live").json == {"live": True}
    assert server.get("/v2/health/ready").json == {"ready": True}
    assert server.get("/v2/models/plain/versions/10/ready").status == 200
    assert server.get("/v2").json["extensions"] == ["binary_tensor_data"]
    found = server.get("/v2/models/columns").json
    assert found["inputs"] == [{"name": "input", "datatype": "FP32", "shape": [-1, 3]}]
    assert found["parameters"]["columns"] == [
        {"name": "age", "datatype": "FP64", "shape": [-1]},
        {"name": "job", "datatype": "BYTES", "shape": [-1]},
    ]
    assert server.get("/v2/models/plain").json["versions"] == ["2", "10"]


def test_metrics_are_those_of_the_rendered_rules(server):
    server.post("/v2/models/plain/infer", tensor(ROW, [1, 3]))
    server.post("/v1/models/sums:predict", {"instances": [ROW, ROW]})
    text = server.get("/metrics").body.decode()
    for name, metric in METRICS.items():
        if metric.by == "server":
            assert f"# TYPE {name} {metric.kind}" in text
    assert 'mlproject_requests_total{code="200"}' in text
    assert 'mlproject_request_duration_seconds_bucket{le="0.05"}' in text
    assert 'mlproject_predictions_total{model="plain",version="10",class="no"}' in text
    assert 'mlproject_prediction_value_bucket{model="sums",version="1",le="5.0"}' in text


def test_one_connection_takes_one_request_after_another(server):
    raw = post_bytes("/v2/models/sums/infer", tensor(ROW, [1, 3])).replace(b"Connection: close\r\n", b"")
    with server.connect() as connection:
        for _ in range(3):
            connection.sendall(raw)
            assert output(read_reply(connection), "prediction")["data"] == [3.5]
        connection.sendall(raw[:40])
        connection.sendall(raw[40:] + b"GET /v2/health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received = b""
        while piece := connection.recv(65536):
            received += piece
    assert received.index(b'"data":[3.5]') < received.index(b'"live":true')


def test_a_large_body_is_answered_from_a_thread(server):
    reply = server.post("/v2/models/sums/infer", tensor([1.0] * 30_000, [10_000, 3]))
    assert output(reply, "prediction")["data"] == [3.0] * 10_000


def test_expect_continue_and_head(server):
    raw = post_bytes("/v2/models/sums/infer", tensor(ROW, [1, 3]), "Expect: 100-continue")
    assert server.send(raw).status == 200
    with server.connect() as connection:
        connection.sendall(b"HEAD /v2/health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received = b""
        while piece := connection.recv(65536):
            received += piece
    assert received.startswith(b"HTTP/1.1 200")
    assert received.endswith(b"\r\n\r\n")
