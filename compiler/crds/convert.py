"""Turn the schema of a definition into a strict JSON Schema: what the API server would prune is refused.

The API server fills defaults in before it validates; `compiler.verify.defaults` does the
same, so defaults are kept here and a required field that has one is not required.
"""

from collections.abc import Mapping
from typing import Any, Final

from compiler.verify.patterns import is_expressible

Schema = Mapping[str, Any]

_KEPT: Final = (
    "type", "enum", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "minProperties",
    "maxProperties", "uniqueItems", "default", "x-kubernetes-list-type", "x-kubernetes-list-map-keys",
    "x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields",
)
_BRANCHES: Final = ("allOf", "anyOf", "oneOf")
_INT_OR_STRING: Final = [{"type": "integer"}, {"type": "string"}]
# The metadata of an object, at the top or inside another one, is the API server's own to check.
_METADATA: Final = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
_EMBEDDED: Final = {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": _METADATA}


def strict_schema(group: str, version: str, kind: str, schema: Schema, inexpressible: list[str]) -> Schema:
    """Return the strict schema of one version of a kind.

    Patterns that only RE2 can run are left out, and added to inexpressible.
    """
    body = _structural(schema, inexpressible)
    properties = {name: inner for name, inner in body.get("properties", {}).items() if name != "status"}
    properties |= {"apiVersion": {"const": f"{group}/{version}"}, "kind": {"const": kind},
                   "metadata": {"type": "object"}}
    required = sorted({"apiVersion", "kind", "metadata", *body.get("required", ())} - {"status"})
    return {**body, "type": "object", "properties": properties, "required": required}


def _structural(schema: Schema, inexpressible: list[str]) -> dict[str, Any]:
    made = _kept(schema, inexpressible)
    properties = schema.get("properties", {})
    if schema.get("x-kubernetes-embedded-resource"):
        properties = {**properties, **_EMBEDDED}
    if properties:
        made["properties"] = {name: _structural(inner, inexpressible)
                              for name, inner in sorted(properties.items())}
    required = [name for name in schema.get("required", ()) if "default" not in properties.get(name, {})]
    if required:
        made["required"] = sorted(required)
    if "items" in schema:
        made["items"] = _structural(schema["items"], inexpressible)
    if isinstance(schema.get("additionalProperties"), Mapping):
        made["additionalProperties"] = _structural(schema["additionalProperties"], inexpressible)
    elif _is_pruned(schema):
        made["additionalProperties"] = False
    return _nullable(schema, made)


def _is_pruned(schema: Schema) -> bool:
    is_object = schema.get("type") == "object" or "properties" in schema
    return is_object and "additionalProperties" not in schema and not schema.get("x-kubernetes-preserve-unknown-fields")


def _kept(schema: Schema, inexpressible: list[str]) -> dict[str, Any]:
    """Return the keywords that mean the same in both languages."""
    made: dict[str, Any] = {key: schema[key] for key in _KEPT if key in schema}
    for bound in ("minimum", "maximum"):
        if made.get(bound) is not None and schema.get(f"exclusive{bound.capitalize()}") is True:
            made[f"exclusive{bound.capitalize()}"] = made.pop(bound)
    if "pattern" in schema:
        if is_expressible(schema["pattern"]):
            made["pattern"] = schema["pattern"]
        else:
            inexpressible.append(schema["pattern"])
    for key in _BRANCHES:
        if key in schema and not (schema.get("x-kubernetes-int-or-string") and schema[key] == _INT_OR_STRING):
            made[key] = [_condition(inner, inexpressible) for inner in schema[key]]
    if "not" in schema:
        made["not"] = _condition(schema["not"], inexpressible)
    return made


def _condition(schema: Schema, inexpressible: list[str]) -> dict[str, Any]:
    """Return a schema inside allOf, anyOf, oneOf or not: nothing is pruned there."""
    made = _kept(schema, inexpressible)
    if "properties" in schema:
        made["properties"] = {name: _condition(inner, inexpressible)
                              for name, inner in sorted(schema["properties"].items())}
    if "required" in schema:
        made["required"] = list(schema["required"])
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), Mapping):
            made[key] = _condition(schema[key], inexpressible)
    return made


def _nullable(schema: Schema, made: dict[str, Any]) -> dict[str, Any]:
    if schema.get("nullable"):
        if isinstance(made.get("type"), str):
            made["type"] = [made["type"], "null"]
        if "enum" in made:
            made["enum"] = [*made["enum"], None]
    return made
