"""Parameters that the runtime reads as they are written."""

from collections.abc import Mapping
from typing import Any

from compiler.kinds.interface import Parameters


def as_written(parameters: Parameters, name: str, *keys: str) -> Mapping[str, Any]:
    """Return the plug-in's name and the value of each key, None where the spec says nothing."""
    return {"with": name, **{key: parameters.get(key) for key in keys}}
