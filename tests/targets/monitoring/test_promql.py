"""PromQL: text of anyone's stays the value of a matcher."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.targets.kubernetes.promql import Matching, duration, number, quoted, selector

_LITERAL = re.compile(r'"((?:[^"\\\x00-\x1f\x7f]|\\(?:["\\nrt]|x[0-9a-f]{2}))*)"')


def unquoted(literal: str) -> str:
    """Return what Prometheus reads in a string literal of ours."""
    match = _LITERAL.fullmatch(literal)
    assert match is not None
    plain = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
    return re.sub(r'\\(?:x([0-9a-f]{2})|(["\\nrt]))',
                  lambda found: chr(int(found[1], 16)) if found[1] else plain[found[2]], match[1])


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_literal_reads_back_as_the_text(text: str) -> None:
    assert unquoted(quoted(text)) == text


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param('x"} or vector(1) or up{a="', r'up{project="x\"} or vector(1) or up{a=\""}', id="a way out"),
    pytest.param("a\\", r'up{project="a\\"}', id="an escape at the end"),
    pytest.param("a\nb", r'up{project="a\nb"}', id="a new line"),
    pytest.param("\x00", r'up{project="\x00"}', id="a control character"),
])
def test_a_value_cannot_end_its_selector(text: str, expected: str) -> None:
    assert selector("up", {"project": text}) == expected


def test_windows_and_patterns() -> None:
    assert selector("a_total", {"code": Matching("5..")}, window=300) == 'a_total{code=~"5.."}[5m]'


@pytest.mark.parametrize(("metric", "label"), [("up{}", "a"), ("up", "a-b"), ("", "a"), ("up", "a=\"b\",c")])
def test_names_of_metrics_and_labels_are_ours(metric: str, label: str) -> None:
    with pytest.raises(ValueError, match="named by something else than the compiler"):
        selector(metric, {label: "x"})


@pytest.mark.parametrize(("seconds", "expected"), [(90, "90s"), (300, "5m"), (7200, "2h"), (259200, "3d"),
                                                   (1209600, "2w")])
def test_durations(seconds: int, expected: str) -> None:
    assert duration(seconds) == expected


@pytest.mark.parametrize(("value", "expected"), [(0.1 + 0.2, "0.3"), (14.4, "14.4"), (3.0, "3"), (0.00001, "1e-05")])
def test_numbers(value: float, expected: str) -> None:
    assert number(value) == expected
