"""What a plain scalar means is what YAML 1.2 core says."""

import pytest

from compiler.source.read import read
from compiler.source.scalars import MAX_INTEGER, Refused, resolve


@pytest.mark.parametrize(("text", "value"), [
    pytest.param("", None, id="nothing is null"),
    pytest.param("~", None, id="a tilde is null"),
    pytest.param("null", None, id="null is null"),
    pytest.param("NULL", None, id="NULL is null"),
    pytest.param("nULL", "nULL", id="mixed case null is a text"),
    pytest.param("true", True, id="true is a boolean"),
    pytest.param("False", False, id="False is a boolean"),
    pytest.param("no", "no", id="Norway stays a text"),
    pytest.param("yes", "yes", id="yes is a text"),
    pytest.param("on", "on", id="on is a text"),
    pytest.param("y", "y", id="y is a text"),
    pytest.param("0", 0, id="zero is an integer"),
    pytest.param("-0", 0, id="minus zero is an integer"),
    pytest.param("+7", 7, id="a plus sign is allowed"),
    pytest.param("012", 12, id="leading zeros are decimal"),
    pytest.param("08", 8, id="eight is not a broken octal"),
    pytest.param("0o17", 15, id="0o is octal"),
    pytest.param("0O17", "0O17", id="a capital O is not octal"),
    pytest.param("-0o17", "-0o17", id="octal has no sign"),
    pytest.param("0o8", "0o8", id="eight is no octal digit"),
    pytest.param("0x1F", 31, id="0x is hexadecimal"),
    pytest.param("0X1F", "0X1F", id="a capital X is not hexadecimal"),
    pytest.param("0b11", "0b11", id="binary is a text"),
    pytest.param("1_000", "1_000", id="underscores make a text"),
    pytest.param("1,000", "1,000", id="commas make a text"),
    pytest.param("12:30:45", "12:30:45", id="a time of day is a text"),
    pytest.param("2024-01-31", "2024-01-31", id="a date is a text"),
    pytest.param("2024-99-99", "2024-99-99", id="an impossible date is a text"),
    pytest.param("2024-01-31T00:00:00Z", "2024-01-31T00:00:00Z", id="a timestamp is a text"),
    pytest.param("1.5", 1.5, id="a fraction is a float"),
    pytest.param("1.", 1.0, id="a trailing point is a float"),
    pytest.param(".5", 0.5, id="a leading point is a float"),
    pytest.param("-.5e-3", -0.0005, id="signs and exponent"),
    pytest.param("1e3", 1000.0, id="an exponent makes a float"),
    pytest.param("12E+45", 12e45, id="a capital exponent too"),
    pytest.param("18371e12", 18371e12, id="a hash that looks like a float is one"),
    pytest.param("1.2.3", "1.2.3", id="a version is a text"),
    pytest.param(".", ".", id="a point is a text"),
    pytest.param("+", "+", id="a plus is a text"),
    pytest.param("nan", "nan", id="nan without a point is a text"),
    pytest.param("inf", "inf", id="inf without a point is a text"),
    pytest.param("1e", "1e", id="an exponent needs digits"),
    pytest.param("٣", "٣", id="other digits are a text"),
    pytest.param("9007199254740992", MAX_INTEGER, id="2^53 is the last integer"),
    pytest.param("-9007199254740992", -MAX_INTEGER, id="minus 2^53 is the first"),
    pytest.param("0" * 5000 + "7", 7, id="five thousand zeros are harmless"),
    pytest.param("1.7976931348623157e308", 1.7976931348623157e308, id="the largest float"),
    pytest.param("5e-324", 5e-324, id="the smallest float"),
    pytest.param("0e-999", 0.0, id="zero with any exponent"),
])
def test_resolve(text, value):
    resolved = resolve(text)
    assert resolved == value
    assert type(resolved) is type(value)


@pytest.mark.parametrize(("text", "code"), [
    pytest.param("9007199254740993", "source/number-range", id="2^53 + 1"),
    pytest.param("-9007199254740993", "source/number-range", id="-2^53 - 1"),
    pytest.param("1" * 5000, "source/number-range", id="an integer that Python refuses to parse"),
    pytest.param("0xFFFFFFFFFFFFFFFF", "source/number-range", id="64 bits of ones"),
    pytest.param("0o7777777777777777777777", "source/number-range", id="64 bits in octal"),
    pytest.param("1e400", "source/number-range", id="a float that would be infinite"),
    pytest.param("-1e400", "source/number-range", id="a float that would be minus infinite"),
    pytest.param("1e-400", "source/number-range", id="a float that would be zero"),
    pytest.param(".inf", "source/not-finite", id="infinity"),
    pytest.param("-.INF", "source/not-finite", id="minus infinity"),
    pytest.param(".nan", "source/not-finite", id="not a number"),
    pytest.param(".NaN", "source/not-finite", id="NaN"),
    pytest.param("-", "source/syntax", id="a dash alone"),
])
def test_resolve_refuses(text, code):
    resolved = resolve(text)
    assert isinstance(resolved, Refused)
    assert resolved.code == code


@pytest.mark.parametrize("quote", ["'", '"'], ids=["single quotes", "double quotes"])
@pytest.mark.parametrize("text", ["", "null", "true", "12", "1e3", ".nan", "9" * 400])
def test_quoted_scalars_are_texts(text, quote):
    document, problems = read(f"a: {quote}{text}{quote}\n".encode(), "f")
    assert problems == ()
    assert document.data == {"a": text}
