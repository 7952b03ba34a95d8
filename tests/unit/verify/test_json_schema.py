"""Our validator says what the JSON Schema specification says, with two exceptions made on purpose."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compiler.verify.json_schema import KNOWN_KEYWORDS, violations
from tests.judges import require_crds
from tests.unit.verify.changes import changed, places_of
from tests.unit.verify.project import good_bodies
from tests.unit.verify.upstream import keywords, upstream

PEOPLE = {
    "$defs": {"name": {"type": "string", "minLength": 1, "maxLength": 4, "pattern": "^[a-z]+$"}},
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 5,
    "properties": {
        "name": {"$ref": "#/$defs/name"},
        "age": {"type": "integer", "minimum": 0, "maximum": 9},
        "tags": {"type": "array", "items": {"enum": ["a", "b", 1]}, "uniqueItems": True, "minItems": 1, "maxItems": 2},
        "more": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
        "either": {"oneOf": [{"required": ["a"]}, {"required": ["b"]}], "anyOf": [{"type": "object"}, {"const": 3}]},
    },
}
ALL = {"allOf": [{"minimum": 2}, {"not": {"const": 5}}], "exclusiveMaximum": 8, "propertyNames": {"maxLength": 2}}
SCHEMAS = {
    "people": PEOPLE,
    "all of": ALL,
    "refuses all": {"not": {}},
    "takes all": {},
    "exclusive minimum": {"exclusiveMinimum": 3},
    "items": {"items": {"type": "boolean"}},
    "false below": {"properties": {"a": False, "b": True}},
}

WORDS = st.sampled_from(["a", "b", "name", "age", "tags", "more", "either", "abc", "ABC", ""])
NUMBERS = st.one_of(st.integers(-2, 12), st.floats(-2, 12).filter(lambda value: not value.is_integer()))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=12,
)
PERSON = st.dictionaries(WORDS, VALUES, max_size=4)


def agrees(schema: Any, value: Any) -> bool:
    theirs = jsonschema.Draft202012Validator(schema).is_valid(value)
    return theirs == (not violations(schema, value))


@pytest.mark.parametrize("name", SCHEMAS)
@settings(max_examples=150, deadline=None)
@given(value=st.one_of(VALUES, PERSON))
def test_it_agrees_with_the_reference(name: str, value: Any) -> None:
    assert agrees(SCHEMAS[name], value)


@pytest.mark.parametrize(
    ("schema", "value", "found"),
    [
        pytest.param(
            {"type": "integer"}, 1.0, [((), "met number, expected integer")], id="a float is never an integer"
        ),
        pytest.param({"type": "integer"}, True, [((), "met boolean, expected integer")], id="true is not 1"),
        pytest.param(
            {"pattern": "^a$"}, "a\n", [((), "does not match `^a$`")], id="an end is the end, not a last line feed"
        ),
        pytest.param(
            {"x-kubernetes-int-or-string": True},
            0.1,
            [((), "met number, expected integer or string")],
            id="int-or-string takes no float",
        ),
        pytest.param({"x-kubernetes-int-or-string": True}, "1", [], id="int-or-string takes a string"),
        pytest.param(
            {"x-kubernetes-list-type": "set"}, ["a", "a"], [((1,), "repeats an earlier item")], id="a set repeats"
        ),
        pytest.param(
            {"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]},
            [{"name": "a", "x": 1}, {"name": "a", "x": 2}],
            [((1,), "repeats the name of an earlier item")],
            id="a map repeats a key",
        ),
        pytest.param(
            {"additionalProperties": False, "x-kubernetes-preserve-unknown-fields": True},
            {"a": 1},
            [],
            id="unknown fields are kept",
        ),
        pytest.param(
            {"additionalProperties": False, "properties": {"a": {}}},
            {"b": "secret"},
            [(("b",), "unknown field")],
            id="an unknown field is named and its value is not",
        ),
        pytest.param({"enum": ["a"]}, "secret", [((), "expected one of `a`")], id="a wrong value is not repeated"),
        pytest.param(
            {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
            {},
            [((), "expected exactly one of `a`, `b`")],
            id="alternatives are named",
        ),
        pytest.param(
            {"properties": {"a": {"items": {"type": "string"}}}},
            {"a": ["x", 1]},
            [(("a", 1), "met integer, expected string")],
            id="the place is inside the value",
        ),
    ],
)
def test_what_it_says(schema: Any, value: Any, found: Any) -> None:
    assert violations(schema, value) == found


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_it_agrees_on_upstream_schemas_and_broken_objects(data: st.DataObject) -> None:
    """Objects of the good project with one place changed, against the strict upstream schemas."""
    folder = require_crds() / "_schemas"
    body = data.draw(st.sampled_from(good_bodies()))
    schema = upstream(folder, body)
    places = [(), *places_of(body)]
    place = data.draw(st.sampled_from(places))
    mutated = changed(body, place, data.draw(VALUES))
    theirs = jsonschema.Draft202012Validator(schema).is_valid(mutated)
    # The keywords of Kubernetes mean nothing to the reference: it may accept what we refuse, never the reverse.
    ours = not [message for _, message in violations(_plain(schema), mutated)]
    assert theirs == ours


def _plain(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {key: _plain(value) for key, value in schema.items() if not key.startswith("x-kubernetes-list")}
    return [_plain(item) for item in schema] if isinstance(schema, list) else schema


def test_every_keyword_of_upstream_schemas_is_known() -> None:
    folder = require_crds() / "_schemas"
    used = {key for path in sorted(folder.rglob("*.json")) for key in keywords(json.loads(path.read_text()))}
    assert used <= KNOWN_KEYWORDS, used - KNOWN_KEYWORDS
