"""Fill in defaults, as the API server does before it validates."""

from collections.abc import Mapping
from typing import Any


def with_defaults(schema: Mapping[str, Any], value: Any) -> Any:
    """Return value with the defaults of schema wherever it has nothing; the value given stays as it is."""
    return _filled(schema, value, schema.get("$defs", {}))


def _filled(schema: Any, value: Any, definitions: Mapping[str, Any]) -> Any:
    if not isinstance(schema, Mapping):
        return value
    if "$ref" in schema:
        return _filled(definitions[schema["$ref"].removeprefix("#/$defs/")], value, definitions)
    if isinstance(value, Mapping):
        return _filled_object(schema, value, definitions)
    if isinstance(value, list | tuple) and "items" in schema:
        return [_filled(schema["items"], item, definitions) for item in value]
    return value


def _filled_object(schema: Mapping[str, Any], value: Mapping[str, Any],
                   definitions: Mapping[str, Any]) -> dict[str, Any]:
    properties = schema.get("properties", {})
    other = schema.get("additionalProperties")
    made = {key: _filled(properties.get(key, other), item, definitions) for key, item in value.items()}
    for key, inner in properties.items():
        target = definitions[inner["$ref"].removeprefix("#/$defs/")] if "$ref" in inner else inner
        if key not in made and "default" in target:
            made[key] = _filled(target, target["default"], definitions)
    return made
