"""Write what stands many times in a schema once, under `$defs`: a pod spec can be in one definition ten times."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

Schema = Mapping[str, Any]

_MAPS: Final = ("properties",)
_LISTS: Final = ("allOf", "anyOf", "oneOf")
_ONES: Final = ("items", "additionalProperties", "not")
# Shorter subtrees cost less than the reference and the look-up.
_WORTH: Final = 120


def shared(schema: Schema) -> Schema:
    """Return an equal schema in which repeated subtrees are references; the same input gives the same names."""
    texts: dict[int, str] = {}
    _describe(schema, texts)
    counts = Counter(texts[id(inner)] for inner in _below(schema))
    repeated = {text for text, count in counts.items() if count > 1 and len(text) >= _WORTH}
    names = {text: f"d{number}" for number, text in enumerate(sorted(repeated))}
    definitions: dict[str, Any] = {}
    root = _rewritten(schema, texts, names, definitions)
    return {**root, "$defs": dict(sorted(definitions.items()))} if definitions else root


def _children(schema: Schema) -> Iterator[Schema]:
    for key in _MAPS:
        yield from schema.get(key, {}).values()
    for key in _LISTS:
        yield from schema.get(key, ())
    for key in _ONES:
        if isinstance(schema.get(key), Mapping):
            yield schema[key]


def _describe(schema: Schema, texts: dict[int, str]) -> None:
    for inner in _children(schema):
        _describe(inner, texts)
    texts[id(schema)] = json.dumps(schema, sort_keys=True, separators=(",", ":"))


def _below(schema: Schema) -> Iterator[Schema]:
    for inner in _children(schema):
        yield inner
        yield from _below(inner)


def _rewritten(schema: Schema, texts: Mapping[int, str], names: Mapping[str, str],
               definitions: dict[str, Any]) -> dict[str, Any]:
    made = dict(schema)
    for key in _MAPS:
        if key in schema:
            made[key] = {name: _reference(inner, texts, names, definitions) for name, inner in schema[key].items()}
    for key in _LISTS:
        if key in schema:
            made[key] = [_reference(inner, texts, names, definitions) for inner in schema[key]]
    for key in _ONES:
        if isinstance(schema.get(key), Mapping):
            made[key] = _reference(schema[key], texts, names, definitions)
    return made


def _reference(schema: Schema, texts: Mapping[int, str], names: Mapping[str, str],
               definitions: dict[str, Any]) -> dict[str, Any]:
    name = names.get(texts[id(schema)])
    if name is None:
        return _rewritten(schema, texts, names, definitions)
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _rewritten(schema, texts, names, definitions)
    return {"$ref": f"#/$defs/{name}"}
