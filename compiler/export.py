"""Write down the language: JSON Schemas for editors, frozen core schemas for the compile.

`make schema` runs this module; nothing on the way to a compile imports it.
"""

import json
from collections.abc import Callable
from typing import Any

import pydantic_core

from compiler.spec.documents import DOCUMENTS
from compiler.spec.envelopes import ENVELOPES
from compiler.spec.environment import Settings
from compiler.spec.freeze import adapter_of, core_schema_of
from compiler.spec.project import ProjectSpec
from compiler.spec.reference import reference
from compiler.spec.sections import SECTIONS

Find = Callable[[str, str], Any]
Names = Callable[[str], tuple[str, ...]]
_REQUIRED = ["apiVersion", "kind", "metadata", "data"]


def json_schema(find: Find, names: Names) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `mlproject.yaml` with every plug-in's parameters."""
    root, definitions = _schema_of(ProjectSpec)
    properties = {key: root["properties"][key] for key in ("apiVersion", "kind", *SECTIONS, "plugins")}
    settings, more = _schema_of(Settings)
    definitions |= more | _plugin_definitions(find, names)
    environment = settings | {
        "description": "Settings of the environment, and overrides of any section: null removes a value.",
        "properties": settings["properties"] | {key: {"$ref": f"#/$defs/{key}Overrides"} for key in SECTIONS},
    }
    definitions |= _overrides({key: root["properties"][key] for key in SECTIONS}, definitions)
    properties["environments"] = {
        "type": "object", "minProperties": 1, "additionalProperties": {"anyOf": [environment, {"type": "null"}]},
        "description": "Environments by name, each a small set of overrides."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "MLProject",
        "description": root["description"], "type": "object", "additionalProperties": False,
        "required": _REQUIRED, "properties": properties, "$defs": dict(sorted(definitions.items()))}


def document_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of the lock or of the organisation's defaults."""
    root, definitions = _schema_of(DOCUMENTS[name])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | root | {"$defs": definitions}


def frozen(find: Find, names: Names) -> dict[str, Any]:
    """Return every core schema, with the version of pydantic-core that it was made for."""
    schemas = {name: core_schema_of(spec_type) for name, spec_type in DOCUMENTS.items()}
    for room in sorted({place.room for place in ENVELOPES}):
        for name in names(room):
            parameters = find(room, name).parameters
            if parameters is not None:
                schemas[f"{room}/{name}"] = core_schema_of(parameters)
    return {"pydantic_core": pydantic_core.__version__, "schemas": schemas}


def _schema_of(spec_type: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    schema = _tidy(adapter_of(spec_type).json_schema())
    definitions = schema.pop("$defs")
    root = definitions.pop(schema["items"]["$ref"].rsplit("/", 1)[1])
    return root, definitions


def _plugin_definitions(find: Find, names: Names) -> dict[str, Any]:
    definitions: dict[str, Any] = {}
    for place in ENVELOPES:
        choices = []
        for name in names(place.room):
            parameters = find(place.room, name).parameters
            if parameters is not None:
                choice, more = _schema_of(parameters)
                definitions |= more
                choices.append({"title": name} | choice)
        definitions[place.room] = {"type": "object", "required": [place.key], "oneOf": choices}
    return definitions


def _overrides(sections: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Return variants of the sections in which nothing is required and null removes."""
    wanted = [reference["$ref"].rsplit("/", 1)[1] for reference in sections.values()]
    made: dict[str, Any] = {}
    while wanted:
        name = wanted.pop()
        if f"{name}Overrides" in made or name not in definitions:
            continue
        made[f"{name}Overrides"] = _loosened(definitions[name], wanted)
    keys = {key: {"$ref": reference["$ref"] + "Overrides"} for key, reference in sections.items()}
    return made | {f"{key}Overrides": value for key, value in keys.items()}


def _loosened(schema: dict[str, Any], wanted: list[str]) -> dict[str, Any]:
    properties = {}
    for key, value in schema.get("properties", {}).items():
        reference = value.get("$ref", "")
        name = reference.rsplit("/", 1)[-1]
        is_section = name[:1].isupper()
        wanted += [name] if is_section else []
        override = value | {"$ref": f"{reference}Overrides"} if is_section else value
        properties[key] = {"anyOf": [override, {"type": "null"}], "description": value.get("description", "")}
    return {key: value for key, value in schema.items() if key != "required"} | {"properties": properties}


def _tidy(node: Any) -> Any:
    """Drop the titles that pydantic derives, and let envelopes refer to their room."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "x-room" in node:
        room = node["x-room"]
        return {"$ref": f"#/$defs/{room}"} | {key: node[key] for key in ("description",) if key in node}
    return {key: _tidy(value) for key, value in node.items() if not (key == "title" and isinstance(value, str))}


def main() -> None:
    """Write the frozen core schemas and the JSON Schemas to where they are committed."""
    from compiler.registry import discover
    from compiler.spec.validators import FROZEN

    registry = discover(())
    _write(FROZEN, frozen(registry.find, registry.names))
    schema = json_schema(registry.find, registry.names)
    _write("specs/schema/mlproject.schema.json", schema)
    with open("docs/reference.md", "w", encoding="utf-8") as file:
        file.write(reference(schema))
    _write("specs/schema/lock.schema.json", document_schema("lock"))
    _write("specs/schema/defaults.schema.json", document_schema("organisation"))


def _write(path: str, schema: dict[str, Any]) -> None:
    with open(path, "w", encoding="utf-8") as file:
        json.dump(schema, file, indent=1, ensure_ascii=False)
        file.write("\n")


if __name__ == "__main__":
    main()
