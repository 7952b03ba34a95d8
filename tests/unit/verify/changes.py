"""Objects with one place changed."""

import copy
from typing import Any


def places_of(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return every place inside value."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [inner for key, item in members for inner in ((*place, key), *places_of(item, (*place, key)))]


def changed(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    """Return value with new at place; value stays as it is."""
    if not place:
        return new
    made = dict(value) if isinstance(value, dict) else list(value)
    made[place[0]] = changed(made[place[0]], place[1:], new)
    return made


def without(body: Any, place: tuple[Any, ...]) -> Any:
    """Return body without the member at place."""
    made = copy.deepcopy(body)
    inner = made
    for part in place[:-1]:
        inner = inner[part]
    del inner[place[-1]]
    return made
