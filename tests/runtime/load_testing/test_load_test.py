"""A load test asks what the server takes, sends it as often as said, and counts every answer."""

import json

import pytest

from runtime.load_testing.connection import target_of
from runtime.load_testing.driving import Measured
from runtime.load_testing.payload import payload
from runtime.outcome import Refused, Unavailable
from runtime.steps.load_test import run
from tests.runtime.contexts import context
from tests.runtime.listeners import HttpListener, listening

METADATA = {"name": "churn", "inputs": [
    {"name": "age", "datatype": "FP64", "shape": [-1]}, {"name": "city", "datatype": "BYTES", "shape": [-1]},
    {"name": "pixels", "datatype": "FP32", "shape": [-1, 4]}, {"name": "visits", "datatype": "INT64", "shape": [-1]},
    {"name": "new", "datatype": "BOOL", "shape": [-1]}]}
SETTINGS = {"url": "", "model": "churn", "concurrency": [1, 3], "seconds": 60, "requests": 12, "rows": 2}


@pytest.fixture
def server():
    with listening(HttpListener()) as listener:
        yield listener


def measure(server, tmp_path, **changed):
    report = tmp_path / "report"
    outcome = run(context("load-test", {**SETTINGS, "url": server.url, **changed}, tmp_path,
                          outputs={"report": report}))
    return outcome, json.loads(report.read_text())


def test_every_request_is_made_and_counted(server, tmp_path):
    server.answers = [(200, {}, METADATA)]
    outcome, report = measure(server, tmp_path)
    assert outcome.verdict == "pass"
    assert [(row["concurrency"], row["requests"], row["failed"]) for row in report["loads"]] == [(1, 12, 0), (3, 12, 0)]
    assert len(server.posted) == 1 + 20 + 12 + 12
    assert {posted.path for posted in server.posted} == {"/v2/models/churn/infer"}
    shapes = {given["name"]: (given["shape"], len(given["data"])) for given in server.posted[-1].body["inputs"]}
    assert shapes == {"age": ([2], 2), "city": ([2], 2), "pixels": ([2, 4], 8), "visits": ([2], 2), "new": ([2], 2)}
    assert outcome.numbers["p95_milliseconds.c3"] > 0


def test_answers_that_are_wrong_stop_the_pipeline(server, tmp_path):
    inputs = [{"name": "age", "datatype": "FP64", "shape": [1], "data": [1.0]}]
    server.answers = [(200, {}, {})] * 21 + [(400, {}, {}), (503, {"Connection": "close"}, {})]
    outcome, report = measure(server, tmp_path, inputs=inputs, concurrency=[1])
    assert outcome.verdict == "stop"
    assert report["loads"][0]["failures"] == {"status 400": 1, "status 503": 1}
    assert report["broken"] == ["with 1 clients 2 of 12 requests failed, allowed is a share of 0.0"]


def test_a_slow_server_stops_the_pipeline(server, tmp_path):
    server.answers = [(200, {}, METADATA)]
    limits = [{"concurrency": 1, "percentile": 99, "maximum_milliseconds": 0}]
    outcome, report = measure(server, tmp_path, concurrency=[1], limits=limits)
    assert outcome.verdict == "stop"
    assert "at most 0 is allowed" in report["broken"][0]


@pytest.mark.parametrize(("answers", "failure", "message"), [
    pytest.param([(404, {}, {"error": "no model churn"})], Refused, "answers 404.*no model churn", id="no such model"),
    pytest.param([(200, {}, {"inputs": []})], Refused, "does not say what its model takes", id="no inputs"),
    pytest.param([(503, {}, {})], Unavailable, "answers 503", id="not ready"),
    pytest.param([(200, {}, METADATA), (400, {}, {"error": "bad"})], Refused, "answers 400", id="request not taken"),
])
def test_a_server_that_cannot_be_measured(server, tmp_path, answers, failure, message):
    server.answers = answers
    with pytest.raises(failure, match=message):
        measure(server, tmp_path)


def test_no_server_at_all(tmp_path):
    with listening(HttpListener()) as gone:
        pass
    with pytest.raises(Unavailable, match="no server answers"):
        measure(gone, tmp_path)


@pytest.mark.parametrize("url", ["ftp://host", "http://", "host:80", "http://host:port", "http://host/a\r\nX: y"])
def test_addresses_that_are_none(url):
    with pytest.raises(Refused, match="no address of a server"):
        target_of(url)


def test_percentiles_are_of_the_answers():
    row = Measured(2, 2.0, tuple(second / 1000 for second in range(1, 101)), {"status 500": 25}).to_json()
    assert row["requests_per_second"] == 50
    assert row["error_rate"] == 0.2
    assert (row["p50_milliseconds"], row["p99_milliseconds"]) == (50.5, 99.01)


def test_the_same_seed_is_the_same_bytes():
    assert payload(METADATA, rows=3, seed=1) == payload(METADATA, rows=3, seed=1)
    assert payload(METADATA, rows=3, seed=1) != payload(METADATA, rows=3, seed=2)
