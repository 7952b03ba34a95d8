"""Did you mean: close, and only close."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.diagnostics.suggest import one_of, suggest

KEYS = ("metric", "minimum", "maximum", "batch_size", "learning-rate", "gates", "scaling", "strategy", "cpu", "on")


@pytest.mark.parametrize(("word", "expected"), [
    pytest.param("metirc", "metric", id="swapped neighbours"),
    pytest.param("metrc", "metric", id="a letter missing"),
    pytest.param("metrics", "metric", id="a letter too many"),
    pytest.param("maximun", "maximum", id="a wrong letter"),
    pytest.param("Metric", "metric", id="another case"),
    pytest.param("batch-size", "batch_size", id="another separator"),
    pytest.param("batchSize", "batch_size", id="camel case"),
    pytest.param("learning_rate", "learning-rate", id="underscore for dash"),
    pytest.param("size_batch", "batch_size", id="words in another order"),
    pytest.param("max", "maximum", id="the start of one name"),
    pytest.param("m", None, id="the start of three names"),
    pytest.param("strateyg", "strategy", id="a swap at the end"),
    pytest.param("gate", "gates", id="singular for plural"),
    pytest.param("gpu", "cpu", id="one letter of three"),
    pytest.param("no", "on", id="two letters swapped"),
    pytest.param("o", "on", id="one letter of two"),
    pytest.param("x", None, id="one letter that no name has"),
    pytest.param("ON", "on", id="two letters in another case are"),
    pytest.param("banana", None, id="nothing close"),
    pytest.param("", None, id="nothing"),
    pytest.param("___", None, id="nothing but separators"),
    pytest.param("x" * 1000, None, id="too long to be a slip"),
])
def test_suggest(word, expected):
    assert suggest(word, KEYS) == expected


def test_of_two_as_close_the_first_by_name():
    assert suggest("cat", ["rat", "bat"]) == suggest("cat", ["bat", "rat"]) == "bat"


def test_of_two_as_close_the_one_with_the_same_letters():
    assert suggest("rui", ["run", "uri"]) == "uri"


def test_of_two_as_close_to_two_letters_neither():
    assert suggest("or", ["for", "on"]) is None


def test_without_candidates():
    assert suggest("x", []) is None


@settings(deadline=None)
@given(st.text(max_size=20), st.lists(st.text(max_size=12), max_size=8))
def test_the_answer_is_a_candidate_whatever_their_order(word, candidates):
    answer = suggest(word, candidates)
    assert answer is None or answer in candidates
    assert answer == suggest(word, reversed(candidates))


@pytest.mark.parametrize(("candidates", "text"), [
    pytest.param(["b", "a"], "expected one of `a`, `b`", id="sorted"),
    pytest.param({"a"}, "expected `a`", id="only one"),
    pytest.param([], "expected nothing here", id="none"),
    pytest.param([f"k{index:02}" for index in range(15)],
                 "expected one of " + ", ".join(f"`k{index:02}`" for index in range(12)) + " and 3 more", id="many"),
])
def test_one_of(candidates, text):
    assert one_of(candidates) == text
