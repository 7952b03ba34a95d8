"""One change to one object of the good project."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.unit.verify.project import Body, good_bodies


class Mistake(NamedTuple):
    """A sentence, the object that is changed (`Kind/name`), the change, the code that refuses it."""

    sentence: str
    target: str
    change: Callable[[Body], Any]
    code: str


def broken_project(mistake: Mistake) -> list[Body]:
    """Return the good project with one mistake in it."""
    bodies = good_bodies()
    for item in bodies:
        if f"{item['kind']}/{item['metadata']['name']}" == mistake.target:
            mistake.change(item)
            return bodies
    raise LookupError(mistake.target)


def put(*place: Any, value: Any) -> Callable[[Body], None]:
    """Return a change that puts value at a place."""

    def change(body: Body) -> None:
        inner: Any = body
        for part in place[:-1]:
            inner = inner.setdefault(part, {}) if isinstance(inner, dict) else inner[part]
        inner[place[-1]] = value

    return change


def drop(*place: Any) -> Callable[[Body], None]:
    """Return a change that takes away what stands at a place."""

    def change(body: Body) -> None:
        inner: Any = body
        for part in place[:-1]:
            inner = inner[part]
        del inner[place[-1]]

    return change


def add(*place: Any, value: Any) -> Callable[[Body], None]:
    """Return a change that adds an item to a list."""

    def change(body: Body) -> None:
        inner: Any = body
        for part in place:
            inner = inner.setdefault(part, []) if isinstance(inner, dict) and part == place[-1] else inner[part]
        inner.append(value)

    return change
