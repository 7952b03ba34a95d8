"""Values as JSON sees them: their types, their sizes, their equality."""

from collections.abc import Mapping
from typing import Any

_TYPES: Mapping[type, tuple[str, ...]] = {
    dict: ("object",), list: ("array",), tuple: ("array",), str: ("string",), bool: ("boolean",),
    int: ("integer", "number"), float: ("number",), type(None): ("null",),
}

# The type that a value of each JSON type nearly always has.
PYTHON_TYPES: Mapping[str, type] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": float, "null": type(None),
}


def types_of(value: Any) -> tuple[str, ...]:
    """Return the JSON types of value, the narrowest first; for what is not JSON, its Python type."""
    known = _TYPES.get(type(value))
    if known is not None:
        return known
    for base, names in _TYPES.items():
        if isinstance(value, base):
            return names
    return ("object",) if isinstance(value, Mapping) else (type(value).__name__,)


def is_object(value: Any) -> bool:
    """Tell whether value is a JSON object."""
    return type(value) is dict or isinstance(value, Mapping)


def is_array(value: Any) -> bool:
    """Tell whether value is a JSON array."""
    return type(value) is list or type(value) is tuple


def is_number(value: Any) -> bool:
    """Tell whether value is a JSON number; a bool is none."""
    return type(value) is int or type(value) is float


def number(value: Any) -> int | float | None:
    """Return value when it is a number."""
    return value if is_number(value) else None


def text_length(value: Any) -> int | None:
    """Return how many code points value has when it is a string."""
    return len(value) if isinstance(value, str) else None


def array_length(value: Any) -> int | None:
    """Return how many items value has when it is an array."""
    return len(value) if is_array(value) else None


def object_length(value: Any) -> int | None:
    """Return how many members value has when it is an object."""
    return len(value) if is_object(value) else None


def same(left: Any, right: Any) -> bool:
    """Tell whether two values are equal as JSON: 1 is 1.0, and true is not 1."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if is_array(left) and is_array(right):
        return len(left) == len(right) and all(map(same, left, right))
    if is_object(left) and is_object(right):
        return left.keys() == right.keys() and all(same(item, right[key]) for key, item in left.items())
    return bool(left == right)
