"""What the YAML writer writes, PyYAML (1.1), ruamel.yaml (1.2) and a JSON reader must read alike."""

import json
import math
from collections import namedtuple
from enum import StrEnum

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from compiler.emit.yaml_writer import to_stream, to_yaml

HORRORS = [
    "no", "No", "NO", "n", "y", "yes", "on", "off", "true", "True", "null", "Null", "~", "", " ", "-", "--", "---",
    "...", "?", "? x", ":", "a:", ":a", "a: b", "a :b", "#", "a #b", "a#b", "=", "<<", "<", "!", "!!str", "&a", "*a",
    "|", ">", "%", "@", "`", "'", "''", '"', "\\", "[", "]", "{", "}", "[a]", "{a: b}", ",", "a,b",
    "1e3", "1E3", "+1e3", "1.e3", ".5", "5.", "0o17", "0o8", "012", "08", "0x1F", "0b11", "1_000", "+1", "-1", "1.0",
    "18371e12", "12e45", "12:30:45", "190:20:30.15", "1:1", "2024-01-01", "2024-01-01T00:00:00Z", "2024-1-1 0:0:0",
    ".inf", "-.inf", ".nan", ".NaN", "inf", "nan", "Infinity", "10m", "4Gi", "0", "-0", "1,000", "0.1.2",
    "a\tb", "\ta", "a\t", " a", "a ", "a  b", "a\rb", "a\r\nb", "\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "a\x85b",
    "\xa0", "\u2028", "\u2029", "\ufeff", "\ufeffa", "\u200b", "\u202e", "\ufffd", "\ufffe", "\uffff", "\u00ad",
    "é", "e\u0301", "ß", "日本語", "😀", "👩‍🚀", "\U0010ffff", "\U000e0001",
    "\n", "\n\n", "a\n", "a\n\n", "\na", "a\nb", "a\n b", " a\nb", "a \nb", "a\n\nb\n", "a\n  \nb", "a\n\tb", "a\n#b",
    "a\n---\nb", "a\n...\nb", "- a\n- b", "a: b\nc: d\n", 'x{a="b"} > 0', '{"a": [1, 2]}', "C:\\x", "a\n\\", "# a\nb",
    "{{ .x }}", "$(rm -rf /)", "http://a.b:8080/c?d=e&f=g#h", "ghcr.io/acme/x@sha256:ab", "sha256:12", "a:1:2",
    "not a number, null or true", "x - y ? z", "y: ", "y:", "Yes", "oFF", "x" * 5000,
]


def readings(text):
    return [yaml.safe_load(text), yaml.load(text, Loader=yaml.CSafeLoader), YAML(typ="safe", pure=True).load(text)]


def is_same(one, other):
    """Compare type by type: 1, 1.0 and True are three values, and so are 0.0 and -0.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, float):
        return one == other and math.copysign(1, one) == math.copysign(1, other)
    return one == other


@pytest.mark.parametrize("text", HORRORS, ids=lambda text: f"{text[:20]!a}")
def test_a_string_is_read_back_as_that_string_by_every_reader(text):
    body = {text: text, "value": text, "list": [text, [text], {text: text}], "x" + text: {"a": [text]}}
    written = to_yaml(body)
    assert all(is_same(read, body) for read in readings(written))


@pytest.mark.parametrize("text", [text for text in HORRORS if len(text) < 1000], ids=lambda text: f"{text!a}")
def test_a_quoted_string_is_a_json_string(text):
    line = to_yaml({text: 1}).removesuffix(": 1\n")
    assert line == text or json.loads(line) == text


PLAIN = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(HORRORS)
ODD = st.text(st.sampled_from(list("aZ09-+.:_ #?!&*|>%@`'\"\\~=<>[]{},\n\t\r/eExXoOnNyY\x85\ufeff\u2028")), max_size=12)
TEXT = PLAIN | ODD
SCALARS = (st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
                      max_leaves=25)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.dictionaries(TEXT, VALUES, max_size=5))
def test_any_data_is_read_back_as_it_was_by_every_reader(body):
    written = to_yaml(body)
    body = json.loads(json.dumps(body))
    assert all(is_same(read, body) for read in readings(written))
    assert written.endswith("\n")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.dictionaries(TEXT, VALUES, max_size=3), max_size=4))
def test_a_stream_holds_its_documents_in_order(bodies):
    assert [*yaml.load_all(to_stream(bodies), Loader=yaml.CSafeLoader)] == bodies


def test_the_layout_is_what_a_reviewer_expects():
    body = {
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": "card-fraud", "labels": {}, "annotations": {"on": "no", "version": "1.0"}},
        "spec": {"ports": [{"name": "http", "port": 80}, {"name": "x", "list": [1, [2, 3], []]}], "args": [],
                 "ratio": 1e-7, "big": 1e16, "ready": True, "nothing": None,
                 "expr": 'rate(x{job="a"}[5m]) > 0', "script": "a\n  b\n\nc\n", "two": "a\nb"},
    }
    assert to_yaml(body) == """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: card-fraud
  labels: {}
  annotations:
    "on": "no"
    version: "1.0"
spec:
  ports:
    - name: http
      port: 80
    - name: x
      list:
        - 1
        - - 2
          - 3
        - []
  args: []
  ratio: 1.0e-07
  big: 1.0e+16
  ready: true
  nothing: null
  expr: |-
    rate(x{job="a"}[5m]) > 0
  script: |
    a
      b

    c
  two: |-
    a
    b
"""


def test_documents_are_separated_by_three_dashes():
    assert to_stream([{"a": 1}, {}, {"b": [2]}]) == "a: 1\n---\n{}\n---\nb:\n  - 2\n"


def test_shared_parts_are_written_out_and_lines_are_not_wrapped():
    shared = {"text": "word " * 100 + "end"}
    written = to_yaml({"a": shared, "b": shared})
    assert "&" not in written
    assert len(written.splitlines()) == 4


class Word(StrEnum):
    A = "a"


@pytest.mark.parametrize("value", [
    pytest.param({1}, id="a set"),
    pytest.param(b"a", id="bytes"),
    pytest.param(Word.A, id="an enum"),
    pytest.param(namedtuple("Pair", "a b")(1, 2), id="a named tuple"),
    pytest.param(namedtuple("Nothing", "")(), id="an empty named tuple"),
    pytest.param(object(), id="an object"),
    pytest.param({1: 2}, id="a key that is a number"),
    pytest.param({Word.A: 2}, id="a key that is an enum"),
    pytest.param({None: 2}, id="a key that is null"),
])
def test_what_is_not_plain_data_is_our_bug(value):
    for body in ({"k": value}, {"k": [value]}):
        with pytest.raises(TypeError):
            to_yaml(body)


@pytest.mark.parametrize("value", [
    pytest.param(math.nan, id="not a number"),
    pytest.param(math.inf, id="infinity"),
    pytest.param(-math.inf, id="minus infinity"),
    pytest.param("\ud800", id="a lone surrogate"),
    pytest.param("a\nb\udc80", id="a lone surrogate in a block"),
    pytest.param({"\udfff": 1}, id="a lone surrogate in a key"),
])
def test_what_no_reader_can_read_is_our_bug(value):
    for body in ({"k": value}, {"k": [value]}):
        with pytest.raises(ValueError, match="cannot be written"):
            to_yaml(body)
