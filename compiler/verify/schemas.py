"""Our schemas, one small file for each kind that a target may emit, read when the first object of it comes."""

import json
import os
from collections.abc import Mapping
from typing import Any

_FOLDER = os.path.join(os.path.dirname(__file__), "schemas")
_kinds: dict[tuple[str, str], Mapping[str, Any] | None] = {}
_definitions: dict[str, Mapping[str, Any]] = {}


def find_schema(api_version: str, kind: str) -> Mapping[str, Any] | None:
    """Return the schema of a kind, its `$defs` complete, or None for a kind that we do not emit."""
    key = (api_version, kind)
    if key not in _kinds:
        _kinds[key] = _read_kind(api_version, kind)
    return _kinds[key]


def split_api_version(api_version: str) -> tuple[str, str]:
    """Return group and version; the group of `v1` is the empty string."""
    group, _, version = api_version.rpartition("/")
    return group, version


def file_name(kind: str, version: str) -> str:
    """Return the name of a kind's file inside the folder of its group."""
    return f"{kind.lower()}_{version}.json"


def is_file_name_part(text: object) -> bool:
    """Tell whether text can stand in a file name without leaving its folder."""
    if not isinstance(text, str) or not 0 < len(text) <= 100:
        return False
    return text[0].isalnum() and text.isascii() and text.replace(".", "").replace("-", "").isalnum()


def known_kinds() -> tuple[tuple[str, str], ...]:
    """Return apiVersion and kind of every schema, sorted."""
    groups = sorted(set(os.listdir(_FOLDER)) - {"definitions"})
    schemas = [_read(group, name) for group in groups for name in sorted(os.listdir(os.path.join(_FOLDER, group)))]
    return tuple((schema["properties"]["apiVersion"]["const"], schema["properties"]["kind"]["const"])
                 for schema in schemas)


def _read_kind(api_version: str, kind: str) -> Mapping[str, Any] | None:
    group, version = split_api_version(api_version)
    if not all(map(is_file_name_part, (group or "core", version, kind))):
        return None
    try:
        schema = _read(group or "core", file_name(kind, version))
    except FileNotFoundError:
        return None
    shared: dict[str, Any] = {}
    for room in schema["x-definitions"]:
        if room not in _definitions:
            _definitions[room] = _read("definitions", f"{room}.json")
        shared.update(_definitions[room])
    return {**schema, "$defs": shared}


def _read(group: str, name: str) -> dict[str, Any]:
    # Bytes at once: the text layer of `open` costs as much as the parsing of a small file.
    with open(f"{_FOLDER}/{group}/{name}", "rb", buffering=0) as file:
        schema: dict[str, Any] = json.loads(file.read().decode())
    return schema
