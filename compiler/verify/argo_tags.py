"""The `{{...}}` tags inside a part of a workflow."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from compiler.records import NamedTuple
from compiler.source.path import FieldPath

_BARE: Final = (int, bool, float)


class Tag(NamedTuple):
    """One tag: where it stands, what it names, and why it is not a plain name; empty when it is."""

    place: FieldPath
    name: str
    problem: str = ""


def tags(value: Any, place: FieldPath) -> list[Tag]:
    """Return every tag in the strings of value, keys included, in their order."""
    found: list[Tag] = []
    _collect(value, place, found)
    return found


def _collect(value: Any, place: FieldPath, found: list[Tag]) -> None:
    kind = type(value)
    if kind is str:
        if "{{" in value:
            found.extend(_of_text(value, place))
    elif kind is dict or isinstance(value, Mapping):
        for key, item in value.items():
            if "{{" in key:
                found.extend(_of_text(key, (*place, key)))
            # Most members are plain words or numbers: no call, and no place, for those.
            if "{{" in item if type(item) is str else type(item) not in _BARE:
                _collect(item, (*place, key), found)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            if "{{" in item if type(item) is str else type(item) not in _BARE:
                _collect(item, (*place, index), found)


def _of_text(text: str, place: FieldPath) -> Iterator[Tag]:
    position = text.find("{{")
    while position >= 0:
        end = text.find("}}", position)
        if end < 0:
            yield Tag(place, "", "has a `{{` that is not closed")
            return
        yield _tag(text[position + 2:end], place)
        position = text.find("{{", end)


def _tag(inside: str, place: FieldPath) -> Tag:
    if inside.lstrip().startswith("="):
        return Tag(place, "=", "holds an expression (`{{=`), which no local run and no review can evaluate")
    if inside != inside.strip():
        return Tag(place, inside.strip(), "has blanks inside a tag, which Argo does not replace everywhere")
    return Tag(place, inside)
