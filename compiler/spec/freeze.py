"""Turn the types of the spec into core schemas, so that a compile need not build them.

Building pydantic's models costs more than a whole compile.  The core schemas are therefore
built here, when the language changes, and committed; `validators` loads them with
pydantic-core alone.  Nothing on the way to a compile imports this module.
"""

import re
from typing import Any

from pydantic import ConfigDict, TypeAdapter

CONFIG = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)
_DROPPED = ("metadata", "cls", "serialization", "cls_name")


def adapter_of(spec_type: Any) -> TypeAdapter[Any]:
    """Return pydantic's adapter of a typed dictionary, with unknown keys refused.

    A typed dictionary takes no configuration from outside, a list of it passes it on.
    """
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
