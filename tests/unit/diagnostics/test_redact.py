"""Secrets do not reach a log because a check quoted their line."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.diagnostics.redact import is_sensitive, redact_line, redact_message, secret_ranges

# Put together here, so that no scanner takes this file for a leak.
AWS = "AKIA" + "IOSFODNN7EXAMPLE"
AWS_SECRET = "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"
GITHUB = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"
SLACK = "xoxb-" + "17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy"
JWT = "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"


@pytest.mark.parametrize(("line", "secret"), [
    pytest.param("uri: postgres://bob:s3cret@db/x", "s3cret", id="a password in a URI"),
    pytest.param("uri: redis://:s3cret@db", "s3cret", id="a password without a user"),
    pytest.param(f"uri: https://{GITHUB}@github.com/a/b", GITHUB, id="a token in a URI"),
    pytest.param("password: hunter2", "hunter2", id="a password"),
    pytest.param('  db_password: "hun ter2"', "hun ter2", id="a quoted password with a space"),
    pytest.param("  - token: 'abc'", "abc", id="a token in a list"),
    pytest.param("apiKey: abc", "abc", id="camel case"),
    pytest.param("API_KEY: abc", "abc", id="capitals"),
    pytest.param("secret: open sesame", "open sesame", id="a secret of two words"),
    pytest.param("{name: x, client-secret: abc, y: 1}", "abc", id="a secret between others"),
    pytest.param('{"credential": "a\\"bc"}', "bc", id="a secret in JSON with an escaped quote"),
    pytest.param("args: --token=abc --x", "abc", id="an argument"),
    pytest.param("dsn: Server=db;Password=abc;x=1", "abc", id="a connection string"),
    pytest.param("uri: https://x.y/z?sig=abc&y=1", "abc", id="a signed address"),
    pytest.param("header: Bearer abcdefgh12", "abcdefgh12", id="a bearer"),
    pytest.param(f"note: {AWS}", AWS, id="an AWS key id"),
    pytest.param(f"note: {AWS_SECRET}", AWS_SECRET, id="an AWS secret"),
    pytest.param(f"note: {GITHUB}", GITHUB, id="a GitHub token"),
    pytest.param(f"note: {SLACK}", SLACK, id="a Slack token"),
    pytest.param("note: https://hooks.slack.com/services/T0/B0/x", "T0/B0/x", id="a Slack web hook"),
    pytest.param(f"note: {JWT}", JWT, id="a JSON web token"),
    pytest.param("pagerduty: 0a1b2c3d4e5f60718293a4b5c6d7e8f9", "0a1b2c3d4e5f60718293a4b5c6d7e8f9", id="32 hex digits"),
    pytest.param("note: -----BEGIN RSA PRIVATE KEY-----MIIE", "MIIE", id="a PEM block on a line"),
    pytest.param("x: q8Zt3vLm9Rk2Wp7Xs4Yd", "q8Zt3vLm9Rk2Wp7Xs4Yd", id="twenty random characters"),
])
def test_secrets_are_masked(line, secret):
    assert secret not in redact_line(line)
    assert "***" in redact_line(line)


@pytest.mark.parametrize("line", [
    "password: secret://vault/path#key",
    "image: ghcr.io/acme/card-fraud@sha256:" + "0a1b2c3d" * 8,
    "uri: s3://acme-lake/curated/transactions/",
    "tokenizer: bert-base-uncased",
    "max_tokens: 512",
    "token: null",
    "secrets: []",
    "algorithm: hist-gradient-boosting",
    "accelerator: {type: nvidia-a100-40gb, count: 1}",
    "apiVersion: mlproject.dev/v1alpha1",
    "- {name: settled-after-booked, assert: settled_at >= booked_at}",
    "schedule: \"0 3 * * *\"",
    "description: KServeInferenceServiceControllerManager",
    "path: specs/fraud-detection-v2/data/2024-01-31/part-0001.parquet",
    "name: x",
    "",
], ids=lambda line: line[:30] or "nothing")
def test_the_rest_is_not(line):
    assert redact_line(line) == line


def test_a_message_keeps_the_words_beside_key():
    assert redact_message("unknown key: retries") == "unknown key: retries"
    assert redact_message(f"met `{GITHUB}`") == "met `***`"
    assert "hunter2" not in redact_message("met postgres://bob:hunter2@db")


@pytest.mark.parametrize(("key", "answer"), [
    ("password", True), ("dbPassword", True), ("api_key", True), ("AWSSecretKey", True), ("privateKey", True),
    ("tokenizer", False), ("monkey", False), ("keyboard", False), ("secretary", False), ("name", False),
])
def test_sensitive_keys(key, answer):
    assert is_sensitive(key) is answer


@settings(deadline=None)
@given(st.text(max_size=120))
def test_ranges_are_ordered_apart_and_inside(line):
    ranges = secret_ranges(line)
    assert all(0 <= start < end <= len(line) for start, end in ranges)
    assert all(left.end < right.start for left, right in pairwise(ranges))


@pytest.mark.parametrize("line", ["a" * 4096, "a:" * 2048, '"' * 4096, "://:" * 1024, "key=" * 1024, " " * 4096,
                                  "eyJ" * 1365, "a.b-" * 1024, "-----BEGIN " * 372])
def test_no_line_takes_long(line):
    # The patterns must not backtrack without end: this would hang, not fail.
    assert isinstance(redact_line(line), str)
