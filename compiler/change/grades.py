"""How grave an effect is, and where."""

from collections.abc import Iterable
from typing import Literal

Grade = Literal["none", "low", "medium", "high", "critical"]
GRADES: tuple[Grade, ...] = ("none", "low", "medium", "high", "critical")
MODES = ("development", "standard", "production")
TIERS = ("experimental", "standard", "critical")


def gravest(grades: Iterable[Grade]) -> Grade:
    """Return the highest of some grades, `none` of none."""
    return max(grades, key=GRADES.index, default="none")


def in_mode(grade: Grade, mode: str) -> Grade:
    """Return how grave an effect is that would have this grade in production."""
    if mode == "production" or grade in ("none", "low"):
        return grade
    return "low" if mode == "development" else GRADES[GRADES.index(grade) - 1]


def stricter(known: tuple[str, ...], *words: str) -> str:
    """Return the strictest of some words: a change must not lower its own grade by what it changes."""
    return max(words, key=lambda word: known.index(word) if word in known else len(known))
