"""Names that are unique: the second `drift.data` is `drift.data-2`."""

import re
from collections.abc import Iterable, Iterator


def numbered(names: Iterable[str]) -> Iterator[str]:
    """Yield the names in order; one that was there before gets the first free number."""
    taken: set[str] = set()
    for name in names:
        unique, number = name, 2
        while unique in taken:
            unique, number = f"{name}-{number}", number + 1
        taken.add(unique)
        yield unique


def slug(*words: str) -> str:
    """Return the words as one name of lowercase letters, digits and `-`."""
    return re.sub(r"[^a-z0-9]+", "-", "-".join(words).lower()).strip("-")
