"""What was meant: the closest of the names that are known."""

import re
from collections.abc import Iterable

MAX_LENGTH = 64
MAX_LISTED = 12
_SHORT = 3


def suggest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that word most likely was meant to be, or None when none is close.

    Close is: the same but for case, `-` and `_`; the same words in another order; few slips of the
    finger, in one or two letters a single one; or the start of exactly one candidate (`max` for `maximum`).
    """
    known = sorted(set(candidates))
    folded = _folded(word)
    if not folded or len(word) > MAX_LENGTH:
        return None
    near = ((_distance(folded, _folded(candidate), _allowance(folded)), candidate) for candidate in known)
    within = [(distance, candidate) for distance, candidate in near if distance is not None]
    if within:
        return _closest(within, folded)
    words = sorted(_words(word))
    reordered = [candidate for candidate in known if sorted(_words(candidate)) == words]
    longer = [candidate for candidate in known if len(folded) >= 3 and _folded(candidate).startswith(folded)]
    return next(iter(reordered), None) or (longer[0] if len(longer) == 1 else None)


def one_of(candidates: Iterable[str]) -> str:
    """Return "expected one of `a`, `b`", sorted, and only the first twelve of many."""
    known = sorted(set(candidates))
    if not known:
        return "expected nothing here"
    listed = ", ".join(f"`{candidate}`" for candidate in known[:MAX_LISTED])
    if len(known) == 1:
        return f"expected {listed}"
    rest = f" and {len(known) - MAX_LISTED} more" if len(known) > MAX_LISTED else ""
    return f"expected one of {listed}{rest}"


def _closest(within: list[tuple[int, str]], folded: str) -> str | None:
    """Return the closest; for a word of one or two letters only if it is the one that shares a letter with it."""
    distance, candidate = min(within, key=lambda entry: (entry[0], not _has_letters_of(folded, entry[1]), entry[1]))
    if distance == 0 or len(folded) >= _SHORT:
        return candidate
    sharing = [candidate for _, candidate in within if set(folded) & set(_folded(candidate))]
    return sharing[0] if len(sharing) == 1 else None


def _has_letters_of(folded: str, candidate: str) -> bool:
    """Tell whether only the order of the letters differs: of two slips, a swap is the likelier one."""
    return sorted(folded) == sorted(_folded(candidate))


def _words(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", name)]


def _folded(name: str) -> str:
    return re.sub(r"[-_. ]", "", name).lower()


def _allowance(folded: str) -> int:
    """Return how many slips a word of this length may hold."""
    return 1 if len(folded) < 6 else 2 if len(folded) < 11 else 3


def _distance(left: str, right: str, limit: int) -> int | None:
    """Return the slips between two words, a swap of neighbours being one; None beyond limit."""
    if abs(len(left) - len(right)) > limit:
        return None
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for row, a in enumerate(left, 1):
        current = [row]
        for column, b in enumerate(right, 1):
            cost = min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (a != b))
            if row > 1 and column > 1 and a == right[column - 2] and left[row - 2] == b:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, previous = previous, current
    return previous[-1] if previous[-1] <= limit else None
