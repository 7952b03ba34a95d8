"""Build PromQL from metric names of ours and label values of anyone's.

Text of the user's is only ever the value of a matcher, quoted here: it cannot end the
selector and go on with a query of its own.
"""

from collections.abc import Mapping

from compiler.records import NamedTuple

_ESCAPES = {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}
_ESCAPES |= {code: f"\\x{code:02x}" for code in (*range(32), 127) if code not in _ESCAPES}
_UNITS = (("w", 604800), ("d", 86400), ("h", 3600), ("m", 60), ("s", 1))


class Matching(NamedTuple):
    """A regular expression of ours that a label must match."""

    pattern: str


def selector(metric: str, labels: Mapping[str, str | Matching], *, window: int = 0) -> str:
    """Return the series of a metric that have the labels; over the last `window` seconds unless that is 0."""
    if not _is_name(metric.replace(":", "_")):
        raise ValueError("a metric was named by something else than the compiler")
    matchers = ",".join(_matcher(label, value) for label, value in labels.items())
    return f"{metric}{{{matchers}}}" + (f"[{duration(window)}]" if window else "")


def quoted(text: str) -> str:
    """Return text as a string literal of PromQL."""
    return f'"{text.translate(_ESCAPES)}"'


def duration(seconds: int) -> str:
    """Return seconds in the largest unit that holds them exactly, such as `5m` or `3d`."""
    for unit, size in _UNITS:
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    raise ValueError("a duration is a whole number of seconds")


def number(value: float) -> str:
    """Return a number without the noise of binary fractions."""
    return format(value, ".10g")


def _is_name(text: str) -> bool:
    return text.isascii() and text.isidentifier()


def _matcher(label: str, value: str | Matching) -> str:
    if not _is_name(label):
        raise ValueError("a label was named by something else than the compiler")
    if isinstance(value, Matching):
        return f"{label}=~{quoted(value.pattern)}"
    return f"{label}={quoted(value)}"
