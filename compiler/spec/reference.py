"""The reference of the language, written for people from its JSON Schema."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

_TEMPLATE = "reference.md.jinja"


def reference(schema: Mapping[str, Any]) -> str:
    """Return the reference as Markdown."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(os.path.dirname(__file__)), undefined=StrictUndefined,
                              autoescape=False, keep_trailing_newline=True)
    return environment.get_template(_TEMPLATE).render(parts=[*_parts(schema)])


def _parts(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield _part("The spec", schema, schema["$defs"])
    for name, definition in sorted(schema["$defs"].items()):
        if "oneOf" in definition:
            for choice in definition["oneOf"]:
                yield _part(f"{name}: {choice['title']}", choice, schema["$defs"])
        elif "properties" in definition and not name.endswith("Overrides"):
            yield _part(name, definition, schema["$defs"])


def _part(title: str, schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    rows = [_row(key, value, required=key in schema.get("required", ()), definitions=definitions)
            for key, value in schema["properties"].items()]
    return {"title": title, "description": schema.get("description", ""), "rows": rows}


def _row(key: str, schema: Mapping[str, Any], *, required: bool, definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    description = schema.get("description") or _described(schema, definitions)
    return {"key": key, "required": required, "type": _cell(_type_of(schema)), "description": _cell(description)}


def _described(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """Return what a definition says of itself: pydantic leaves the words out where a field says the same."""
    definition = definitions.get(schema.get("$ref", "").rsplit("/", 1)[-1], {})
    return str(definition.get("description", "")).partition("\n")[0]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _type_of(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})" if name[:1].isupper() else f"one of {name}"
    if "enum" in schema or "const" in schema:
        return ", ".join(f"`{value}`" for value in schema.get("enum", [schema.get("const")]))
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type_of(choice) for choice in schema["anyOf"]))
    return _plain(schema)


def _plain(schema: Mapping[str, Any]) -> str:
    match schema.get("type"):
        case "array":
            return f"list of {_type_of(schema.get('items', {}))}"
        case "object" if isinstance(schema.get("additionalProperties"), Mapping):
            return f"mapping to {_type_of(schema['additionalProperties'])}"
        case "object":
            return "mapping"
        case "string" if schema.get("examples"):
            return f"string, as `{schema['examples'][0]}`"
        case list(types):
            return " or ".join(types)
        case str(name):
            return name
        case _:
            return "any"
