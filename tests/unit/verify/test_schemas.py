"""Our schemas describe what upstream accepts, and refuse the usual mistakes."""

import copy
from typing import Any

import jsonschema
import pytest

from compiler.verify.json_schema import KNOWN_KEYWORDS, violations
from compiler.verify.schemas import find_schema, known_kinds
from tests.judges import require_crds
from tests.unit.verify.project import Body, good_bodies
from tests.unit.verify.upstream import keywords, upstream

BODIES = [pytest.param(item, id=f"{item['kind']} {item['metadata']['name']}") for item in good_bodies()]
KINDS = [pytest.param(*kind, id=" ".join(kind)) for kind in known_kinds()]


def schema_of(item: Body) -> Any:
    schema = find_schema(item["apiVersion"], item["kind"])
    assert schema is not None
    return schema


@pytest.mark.parametrize("item", BODIES)
def test_a_good_object_is_accepted(item: Body) -> None:
    assert violations(schema_of(item), item) == []


@pytest.mark.parametrize("item", BODIES)
def test_upstream_accepts_what_we_accept(item: Body) -> None:
    schema = upstream(require_crds() / "_schemas", item)
    assert violations(schema, item) == []
    jsonschema.Draft202012Validator(schema).validate(item)


def test_the_good_project_has_every_kind() -> None:
    assert {(item["apiVersion"], item["kind"]) for item in good_bodies()} == set(known_kinds())


@pytest.mark.parametrize(("api_version", "kind"), KINDS)
def test_every_keyword_is_checked(api_version: str, kind: str) -> None:
    """A keyword that the validator does not know would be a rule that nobody holds."""
    schema = find_schema(api_version, kind)
    assert keywords(schema) <= KNOWN_KEYWORDS


@pytest.mark.parametrize(("api_version", "kind"), KINDS)
def test_every_field_is_known_upstream(api_version: str, kind: str) -> None:
    ours = find_schema(api_version, kind)
    theirs = upstream(require_crds() / "_schemas", {"apiVersion": api_version, "kind": kind})
    assert list(_unknown(ours, theirs, (ours, theirs), (), frozenset())) == []


def _unknown(ours: Any, theirs: Any, roots: tuple[Any, Any], place: tuple[str, ...], seen: frozenset[int]) -> Any:
    """Yield the place of each field that our schema takes and the other one does not."""
    ours, theirs = _target(ours, roots[0]), _target(theirs, roots[1])
    if id(ours) in seen or theirs.get("x-kubernetes-preserve-unknown-fields"):
        return
    seen = seen | {id(ours)}
    for name, inner in ours.get("properties", {}).items():
        other = theirs.get("properties", {}).get(name, theirs.get("additionalProperties"))
        if inner == {"const": False}:
            continue
        if not isinstance(other, dict):
            if other is not True and theirs != {}:
                yield (*place, name)
            continue
        yield from _unknown(inner, other, roots, (*place, name), seen)
    for key in ("items", "additionalProperties"):
        if isinstance(ours.get(key), dict) and isinstance(theirs.get(key), dict):
            yield from _unknown(ours[key], theirs[key], roots, (*place, "*"), seen)


def _target(schema: Any, root: Any) -> Any:
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    return schema


def _places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    here = [place] if isinstance(value, dict) else []
    return here + [inner for key, item in members for inner in _places(item, (*place, key))]


# Members that hold free keys, or free data.
FREE = {
    "labels",
    "annotations",
    "data",
    "binaryData",
    "matchLabels",
    "nodeSelector",
    "requests",
    "limits",
    "hard",
    "min",
    "default",
    "defaultRequest",
    "max",
    "metadata",
    "elements",
    "selector",
    "params",
}


@pytest.mark.parametrize("item", BODIES)
def test_an_unknown_field_is_refused_at_every_depth(item: Body) -> None:
    for place in _places(item):
        if any(part in FREE for part in place) and place != ("metadata",):
            continue
        broken = copy.deepcopy(item)
        inner: Any = broken
        for part in place:
            inner = inner[part]
        inner["misspelt"] = 1
        assert ((*place, "misspelt"), "unknown field") in violations(schema_of(item), broken), place


@pytest.mark.parametrize("item", BODIES)
def test_a_null_is_refused_at_every_depth(item: Body) -> None:
    for place in _places(item):
        inner: Any = item
        for part in place:
            inner = inner[part]
        for key in inner:
            broken = copy.deepcopy(item)
            target: Any = broken
            for part in place:
                target = target[part]
            target[key] = None
            if "elements" not in place:
                assert violations(schema_of(item), broken), (*place, key)


def test_a_kind_of_another_version_has_no_schema() -> None:
    assert find_schema("apps/v1beta1", "Deployment") is None


@pytest.mark.parametrize(("api_version", "kind"), [("../v1", "x"), ("/etc/v1", "x"), ("v1", "../core/configmap")])
def test_a_kind_cannot_leave_its_folder(api_version: str, kind: str) -> None:
    assert find_schema(api_version, kind) is None
