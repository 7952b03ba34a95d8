"""Cron lines and time zones, as robfig/cron reads them: Kubernetes and Argo both use it."""

import os
from typing import Final

_FIELDS: Final = (
    ("minute", 0, 59, ()), ("hour", 0, 23, ()), ("day of month", 1, 31, ()),
    ("month", 1, 12, ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
    ("day of week", 0, 6, ("sun", "mon", "tue", "wed", "thu", "fri", "sat")),
)
_MACROS: Final = frozenset({"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"})


def cron_problem(line: str) -> str | None:
    """Return what is wrong with a schedule, or None."""
    if line.startswith("@"):
        return None if line in _MACROS else "is not one of the known @ schedules"
    if "TZ=" in line:
        return "holds a time zone, which has a field of its own"
    parts = line.split()
    if len(parts) != len(_FIELDS):
        return f"has {len(parts)} fields, expected {len(_FIELDS)}"
    for part, (name, low, high, words) in zip(parts, _FIELDS, strict=True):
        if not all(_is_range(piece, low, high, words) for piece in part.split(",")):
            return f"has a bad {name}"
    return None


def _is_range(piece: str, low: int, high: int, words: tuple[str, ...]) -> bool:
    span, slash, step = piece.partition("/")
    if slash and not (_is_digits(step) and int(step) > 0):
        return False
    if span in ("*", "?"):
        return True
    first, dash, last = span.partition("-")
    start = _number(first, low, words)
    end = _number(last, low, words) if dash else start
    return start is not None and end is not None and low <= start <= end <= high


def _number(text: str, low: int, words: tuple[str, ...]) -> int | None:
    if text.lower() in words:
        return words.index(text.lower()) + low
    return int(text) if _is_digits(text) else None


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


_zones: set[str] = set()


def is_timezone(name: str) -> bool:
    """Tell whether name is in the IANA database, as it was when this version was made.

    The list ships with us: the database of the machine would make the answer differ between machines.
    """
    if name in ("UTC", "Etc/UTC"):
        return True
    if not _zones:
        with open(os.path.join(os.path.dirname(__file__), "timezones.txt"), encoding="ascii") as file:
            _zones.update(file.read().split())
    return name in _zones
