"""What holds for every input, not only for those that someone thought of."""

import json
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.source.characters import flaws, value_flaws
from compiler.source.read import read
from compiler.source.scalars import MAX_INTEGER

YAML_ALPHABET = "ab1: -?[]{}#&*!|>'\"%@`\\,\n\t~.e+0x\u00e9\u0301\u202e"

clean_text = st.text(max_size=20).map(lambda text: normalize("NFC", text)).filter(
    lambda text: not list(value_flaws(text)) and not list(flaws(text)))
scalars = (st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | clean_text
           | st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False))
keys = clean_text.filter(lambda text: text != "<<")
data = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
                    max_leaves=20)


def assert_sound(content):
    """Assert that reading never raises, and that what it says has a place in the file."""
    document, problems = read(content, "f")
    assert (document is None) == bool(problems)
    lines = content.decode("utf-8", "replace").split("\n")
    for problem in problems:
        assert problem.code.startswith("source/")
        assert problem.help
        assert 1 <= problem.span.line <= len(lines)
        assert 1 <= problem.span.column <= len(lines[problem.span.line - 1]) + 1
        assert problem.span[1:3] <= problem.span[3:5]


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise(content):
    assert_sound(content)


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet=YAML_ALPHABET, max_size=60))
def test_no_text_that_looks_like_yaml_raises(text):
    assert_sound(text.encode())


@settings(deadline=None)
@given(st.text(alphabet=YAML_ALPHABET, max_size=40), st.integers(0, 200), st.integers(0, 200))
def test_no_damage_to_a_spec_raises(damage, start, length):
    spec = 'a:\n  b: {c: "x", d: [1, 2]}\n  e: |\n    text\n  # note\n  f:\n    - g: 1\n      h: \'y\'\n'
    assert_sound((spec[:start] + damage + spec[start + length:]).encode())


@settings(deadline=None)
@given(data)
def test_what_json_wrote_is_read_back(value):
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    document, problems = read(text.encode(), "f")
    assert problems == ()
    assert document.data == value
    assert repr(document.data) == repr(value)


@settings(deadline=None)
@given(st.lists(st.dictionaries(keys, scalars, min_size=1, max_size=3), min_size=1, max_size=3))
def test_spans_slice_to_the_text_of_each_value(value):
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1)
    document, _ = read(text.encode(), "f")
    lines = text.split("\n")
    for path, span in [*document.spans.items(), *document.key_spans.items()]:
        is_key = span is document.key_spans.get(path)
        expected = path[-1] if is_key else document.data
        for part in () if is_key else path:
            expected = expected[part]
        if isinstance(expected, (dict, list)):
            continue
        assert span.line == span.end_line
        assert json.loads(lines[span.line - 1][span.column - 1:span.end_column - 1]) == expected


@settings(deadline=None)
@given(st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True),
                       st.from_regex(r"[a-z][a-z0-9 ]{0,8}[a-z0-9]", fullmatch=True), min_size=1, max_size=5))
def test_plain_scalars_slice_to_themselves(members):
    text = "".join(f"{key}:  {value}   # c\n" for key, value in members.items())
    document, problems = read(text.encode(), "f")
    lines = text.split("\n")
    # A word such as `null` is no text, which other tests look at.
    for key in () if problems else members:
        span = document.spans[(key,)]
        assert lines[span.line - 1][span.column - 1:span.end_column - 1] == members[key]
