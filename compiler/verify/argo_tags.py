"""The `{{...}}` tags inside a part of a workflow."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from compiler.source.path import FieldPath


class Tag(NamedTuple):
    """One tag: where it stands, what it names, and why it is not a plain name; empty when it is."""

    place: FieldPath
    name: str
    problem: str = ""


def tags(value: Any, place: FieldPath) -> Iterator[Tag]:
    """Yield every tag in the strings of value, keys included, in their order."""
    if isinstance(value, str):
        if "{{" in value:
            yield from _of_text(value, place)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if "{{" in key:
                yield from _of_text(key, (*place, key))
            if type(item) is not bool and type(item) is not int:
                yield from tags(item, (*place, key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from tags(item, (*place, index))


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
