"""Turn the types of the spec into core schemas, so that a compile need not build them.

Building pydantic's models costs more than a whole compile.  The core schemas are therefore
built here, when the language changes, and committed; `validators` loads them with
pydantic-core alone.  Nothing on the way to a compile imports this module.
"""

import re
import sys
import typing
from typing import Any

from pydantic import ConfigDict, TypeAdapter

CONFIG = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)
_DROPPED = ("metadata", "cls", "serialization", "cls_name")


def adapter_of(spec_type: Any) -> TypeAdapter[Any]:
    """Return pydantic's adapter of a typed dictionary, with unknown keys refused.

    A typed dictionary takes no configuration from outside, a list of it passes it on.
    """
    if sys.version_info < (3, 12):
        _modernise(spec_type)
    return TypeAdapter(list[spec_type], config=CONFIG)


def core_schema_of(spec_type: Any) -> dict[str, Any]:
    """Return the core schema that validates one spec_type, as plain data."""
    items: dict[str, Any]
    schema: Any = _plain(adapter_of(spec_type).core_schema)
    if schema["type"] == "definitions":
        schema["schema"] = schema["schema"]["items_schema"]
        items = schema
    else:
        items = schema["items_schema"]
    return items


def _modernise(node: Any) -> None:
    """Let pydantic take Python 3.11's own TypedDict, below node too.

    pydantic asks for that of typing_extensions, which remembers the bases of generic ones. Ours
    are not generic, and importing the other one would cost each compile as much as reading the spec.
    """
    if typing.is_typeddict(node):
        type(node).__module__ = "typing_extensions"
        # A dictionary that is written as a call has no bases to remember.
        node.__orig_bases__ = (typing.TypedDict,)
        for inner in typing.get_type_hints(node, include_extras=True).values():
            _modernise(inner)
    for inner in typing.get_args(node):
        _modernise(inner)


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items() if key not in _DROPPED or not _is_node(node)}
    if isinstance(node, list | tuple):
        return [_plain(item) for item in node]
    if isinstance(node, str):
        return re.sub(r":\d{6,}$", "", node)
    return node


def _is_node(node: dict[str, Any]) -> bool:
    return isinstance(node.get("type"), str)
