"""Put a validation error into the user's words."""

from collections.abc import Mapping
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.diagnostics.suggest import one_of, suggest
from compiler.source.path import FieldPath
from compiler.spec.validators import schema_of

_TYPES = {"dict_type": "a mapping", "list_type": "a list", "bool_type": "true or false", "string_type": "a string",
          "int_type": "a whole number", "float_type": "a number"}
_SHOWN = 40


def word(fault: Mapping[str, Any], name: str, parameters: Any, prefix: FieldPath) -> Diagnostic:
    """Return the diagnostic for one error of pydantic-core; `name` is the validator's."""
    location = tuple(part for part in fault["loc"] if part != "[key]")
    path = prefix + location
    match fault["type"]:
        case "extra_forbidden":
            return unknown_key(path, known_keys(name, parameters, location[:-1]))
        case "missing":
            return error("spec/missing-key", f"`{path[-1]}` is missing", at=path)
        case "literal_error":
            return _unknown_value(fault, path)
        case "expected":
            return error("spec/invalid-value", f"{_met(fault['input'], path)}: {fault['msg']}", at=path)
        case kind if kind in _TYPES:
            return error("spec/wrong-type", f"met {_kind_of(fault['input'])}, expected {_TYPES[kind]}", at=path)
        case _:
            return error("spec/invalid-value", f"{_met(fault['input'], path)}: {fault['msg'].lower()}", at=path)


def unknown_key(path: FieldPath, known: tuple[str, ...]) -> Diagnostic:
    """Return what is said of the key that path ends in, where only known ones may stand."""
    key = str(path[-1])
    meant = suggest(key, known)
    help = f"did you mean `{meant}`?" if meant else f"known keys: {', '.join(known)}" if known else ""
    return error("spec/unknown-key", f"unknown key `{key[:_SHOWN]}`", at=path, help=help)._replace(on_key=True)


def _unknown_value(fault: Mapping[str, Any], path: FieldPath) -> Diagnostic:
    allowed = tuple(part.strip("'") for part in fault["ctx"]["expected"].replace(" or ", ", ").split(", "))
    meant = suggest(fault["input"], allowed) if isinstance(fault["input"], str) else None
    return error("spec/unknown-value", f"{_met(fault['input'], path)}: {one_of(allowed)}", at=path,
                 help=f"did you mean `{meant}`?" if meant else "")


def known_keys(name: str, parameters: Any, location: FieldPath) -> tuple[str, ...]:
    """Return the keys that the language has at a place, none where a spec names them itself."""
    schema = schema_of(name, parameters)
    definitions = {item["ref"]: item for item in schema.get("definitions", ())}
    node = schema.get("schema", schema) if definitions else schema
    for part in (*location, None):
        node = _inner(node, definitions)
        if part is None:
            break
        node = _member(node, part)
    return tuple(sorted(node.get("fields", ())))


def _member(node: Mapping[str, Any], part: str | int) -> Mapping[str, Any]:
    match node.get("type"):
        case "typed-dict":
            return node["fields"].get(part, {}).get("schema", {})  # type: ignore[no-any-return]
        case "list":
            return node["items_schema"]  # type: ignore[no-any-return]
        case "dict":
            return node["values_schema"]  # type: ignore[no-any-return]
        case _:
            return {}


def _inner(node: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    while node.get("type") in ("definition-ref", "custom-error", "nullable", "default"):
        node = definitions[node["schema_ref"]] if node["type"] == "definition-ref" else node["schema"]
    return node


def _met(value: Any, path: FieldPath) -> str:
    """Name a value without showing what could be a secret: by its looks, or by the key it stands at."""
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, int | float):
        return f"`{value}`"
    if isinstance(value, str):
        from compiler.diagnostics.redact import is_sensitive, redact_line

        is_secret = redact_line(value) != value or any(is_sensitive(str(part)) for part in path)
        return "this string" if is_secret or len(value) > _SHOWN else f"`{value}`"
    return _kind_of(value)


def _kind_of(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "a list"
        case _:
            return "a mapping"
