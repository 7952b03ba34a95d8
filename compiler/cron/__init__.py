"""Cron lines and time zones, as robfig/cron reads them: Kubernetes and Argo both use it."""

import os
from itertools import pairwise
from typing import Final

_FIELDS: Final = (
    ("minute", 0, 59, ()), ("hour", 0, 23, ()), ("day of month", 1, 31, ()),
    ("month", 1, 12, ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
    ("day of week", 0, 6, ("sun", "mon", "tue", "wed", "thu", "fri", "sat")),
)
_DAY_MINUTES: Final = 24 * 60
_MONTH_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
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
    return None if _has_a_day(*parts[2:]) else "never comes: no such month has that day"


def _has_a_day(day: str, month: str, weekday: str) -> bool:
    if weekday not in ("*", "?"):
        return True
    longest = max(_MONTH_DAYS[number - 1] for number in _values(month.split(","), *_FIELDS[3]))
    return min(_values(day.split(","), *_FIELDS[2])) <= longest


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
    # Python refuses to read thousands of digits, and no field has more than two.
    return text.isascii() and text.isdigit() and len(text) < 10


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


def shortest_gap_minutes(line: str) -> int:
    """Return the least time between two runs of a valid five-field line, never more than the truth.

    Days that may follow one another are taken to do so, unless the line names a single day.
    """
    minutes, hours, *_ = (field.split(",") for field in line.split())
    _, _, day, month, weekday = line.split()
    times = sorted(hour * 60 + minute
                   for hour in _values(hours, *_FIELDS[1]) for minute in _values(minutes, *_FIELDS[0]))
    gaps = [later - earlier for earlier, later in pairwise(times)]
    return min([*gaps, times[0] - times[-1] + _days_between(day, month, weekday) * _DAY_MINUTES])


def _days_between(day: str, month: str, weekday: str) -> int:
    if day.isdigit() and weekday in ("*", "?"):
        return 28 if not month.isdigit() else 365
    if day in ("*", "?") and (weekday.isdigit() or weekday.lower() in _FIELDS[4][3]):
        return 7
    return 1


def _values(pieces: list[str], _name: str, low: int, high: int, words: tuple[str, ...]) -> set[int]:
    found: set[int] = set()
    for piece in pieces:
        span, _, step = piece.partition("/")
        first, dash, last = span.partition("-")
        start = low if first in ("*", "?") else _number(first, low, words) or 0
        end = high if first in ("*", "?") or (step and not dash) else _number(last, low, words) if dash else start
        found.update(range(start, (end if end is not None else high) + 1, int(step or 1)))
    return found


def runs_per_year(line: str) -> int:
    """Return how often a valid five-field line starts something in a year of 365 days that begins on a Wednesday."""
    minutes, hours, days, months, weekdays = (
        _values(field.split(","), *shape) for field, shape in zip(line.split(), _FIELDS, strict=True))
    _, _, day, _, weekday = line.split()
    # As in every cron: where both are named, either will do.
    is_either = not day.startswith(("*", "?")) and not weekday.startswith(("*", "?"))
    count, today = 0, 3
    for month, length in enumerate(_MONTH_DAYS, start=1):
        for number in range(1, (28 if month == 2 else length) + 1):
            matches = (number in days, today % 7 in weekdays)
            count += month in months and (any(matches) if is_either else all(matches))
            today += 1
    return count * len(minutes) * len(hours)
