"""Durations as Go, Argo and Prometheus write them."""

from typing import Final

_GO_UNITS: Final = ("ns", "us", "ms", "s", "m", "h")
_PROMETHEUS_UNITS: Final = (("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000),
                            ("m", 60_000), ("s", 1_000), ("ms", 1))
_DIGITS: Final = "0123456789"


def is_go_duration(text: str) -> bool:
    """Tell whether Go's time.ParseDuration takes text, such as `1h30m` or `1.5h`; no sign."""
    rest = text
    while rest:
        number, unit, rest = _first_part(rest, _DIGITS + ".")
        if unit not in _GO_UNITS or not number.strip(".") or number.count(".") > 1:
            return text == "0"
    return text != ""


def is_argo_duration(text: str) -> bool:
    """Tell whether Argo takes text where it also takes a number of seconds."""
    return (text.isascii() and text.isdigit()) or is_go_duration(text)


def prometheus_milliseconds(text: str) -> int | None:
    """Return a duration such as `1h30m` in milliseconds; None where the units are not once each, largest first."""
    total, rest = 0, text
    units: tuple[tuple[str, int], ...] = _PROMETHEUS_UNITS
    while rest:
        number, unit, rest = _first_part(rest, _DIGITS)
        names = [name for name, _ in units]
        if unit not in names or not number:
            return 0 if text == "0" else None
        total += int(number) * units[names.index(unit)][1]
        units = units[names.index(unit) + 1:]
    return total if text else None


def _first_part(text: str, digits: str) -> tuple[str, str, str]:
    """Return the first number, the letters after it, and what follows."""
    after_number = text.lstrip(digits)
    after_unit = after_number.lstrip("abcdefghijklmnopqrstuvwxyz")
    return (text[:len(text) - len(after_number)], after_number[:len(after_number) - len(after_unit)], after_unit)
