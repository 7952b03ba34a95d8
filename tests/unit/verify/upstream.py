"""Schemas that upstream publishes: what our own are compared with."""

import json
from pathlib import Path
from typing import Any


def upstream(folder: Path, body: Any) -> Any:
    group, _, version = body["apiVersion"].rpartition("/")
    return json.loads((folder / (group or "core") / f"{body['kind'].lower()}_{version}.json").read_text())


def keywords(schema: Any) -> set[str]:
    """Return the keywords that a schema uses, at every depth."""
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for key in ("properties", "$defs"):
        for inner in schema.get(key, {}).values():
            found |= keywords(inner)
    for key in ("items", "additionalProperties", "propertyNames", "not"):
        found |= keywords(schema.get(key))
    for key in ("allOf", "anyOf", "oneOf"):
        for inner in schema.get(key, ()):
            found |= keywords(inner)
    return found
