"""Tags: `{{name}}` in the texts of a workflow, replaced in one pass.

What a tag stands for is never looked at again: a value that a step wrote, or a person passed, and that
happens to read `{{...}}` stays text.
"""

import re
from collections.abc import Mapping
from typing import Any

_TAG = re.compile(r"\{\{([^{}]*)\}\}")


class UnresolvedError(Exception):
    """A tag names what is not there."""


def replaced(value: Any, values: Mapping[str, str]) -> Any:
    """Return value with the tags in all of its texts replaced; a tag that names nothing known stays."""
    match value:
        case str():
            return _TAG.sub(lambda tag: values.get(tag[1].strip(), tag[0]), value) if "{{" in value else value
        case Mapping():
            return {key: replaced(item, values) for key, item in value.items()}
        case list() | tuple():
            return [replaced(item, values) for item in value]
        case _:
            return value


def resolved(value: Any, values: Mapping[str, str]) -> Any:
    """Return value with all of its tags replaced; raise UnresolvedError for one that names nothing known."""
    for name in tags(value):
        if name not in values:
            raise UnresolvedError(f"failed to resolve {{{{{name}}}}}")
    return replaced(value, values)


def tags(value: Any) -> list[str]:
    """Return the names of the tags in all texts of value; where an artifact comes from is no text."""
    match value:
        case str():
            return [tag.strip() for tag in _TAG.findall(value)]
        case Mapping():
            return [tag for key, item in value.items() if key != "from" for tag in tags(item)]
        case list() | tuple():
            return [tag for item in value for tag in tags(item)]
        case _:
            return []


def only_tag(text: str) -> str:
    """Return the name in a text that is one tag, or the text itself."""
    return text.strip().removeprefix("{{").removesuffix("}}").strip()
