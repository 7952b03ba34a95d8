"""What was imported is what manifests are checked against."""

from pathlib import Path
from typing import Any

import pytest

from compiler.artifact.artifact import Manifest
from compiler.crds.importing import import_crds
from compiler.verify.json_schema import violations
from compiler.verify.served import Served, imported_schemas
from compiler.verify.structure import cluster_structure
from tests.unit.crds.definitions import as_list, definition


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> tuple[Served, ...]:
    repository = str(tmp_path_factory.mktemp("repository"))
    import_crds(["-"], repository, standard_input=as_list(definition(versions=("v1", "v2"))))
    return imported_schemas(repository)


def found(
    served: tuple[Served, ...], spec: dict[str, Any], *, kind: str = "Widget", version: str = "example.com/v1"
) -> list[tuple[str, str]]:
    body = {"apiVersion": version, "kind": kind, "metadata": {"name": "a"}, "spec": spec}
    return [(one.code, one.message) for one in cluster_structure(Manifest("x", body, ()), served)]


GOOD = {"size": 1, "a": "x"}


@pytest.mark.parametrize(
    "extra",
    [
        pytest.param({}, id="the smallest, whose default makes one of two forms"),
        pytest.param({"mode": "="}, id="a value of the enum"),
        pytest.param({"port": 1}, id="an integer where a string may stand"),
        pytest.param({"port": "http"}, id="a string where an integer may stand"),
        pytest.param({"free": {"x": {"y": 1}}}, id="unknown fields where they are kept"),
        pytest.param({"map": {"x": "y"}}, id="any key of a map"),
        pytest.param({"list": [{"name": "a"}, {"name": "b"}]}, id="a list with different keys"),
        pytest.param({"word": "aB"}, id="a flag in the middle of a pattern"),
        pytest.param({"greek": "abc"}, id="a pattern that cannot be checked"),
        pytest.param({"maybe": None}, id="null where it may stand"),
        pytest.param({"inner": {"apiVersion": "v1", "kind": "A", "metadata": {"name": "a"}}}, id="an object inside"),
    ],
)
def test_what_the_cluster_takes(served: tuple[Served, ...], extra: dict[str, Any]) -> None:
    assert found(served, {**GOOD, **extra}) == []


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        pytest.param({"colour": 1}, "`spec.colour`: unknown field", id="a field that would be pruned"),
        pytest.param({"size": 0}, "`spec.size`: met 0, expected at least 1", id="a number below its minimum"),
        pytest.param({"port": 0.5}, "`spec.port`: met number, expected integer or string", id="a float for a port"),
        pytest.param({"list": [{"name": "a"}, {"name": "a"}]}, "`spec.list[1]`: repeats the name", id="a key twice"),
        pytest.param({"set": ["a", "a"]}, "`spec.set[1]`: repeats", id="an item of a set twice"),
        pytest.param({"word": "aB\n"}, "`spec.word`: does not match", id="a line feed after the end"),
        pytest.param({"b": "x"}, "`spec`: expected exactly one of", id="two forms, one of them by default"),
        pytest.param({"inner": {"colour": 1}}, "`spec.inner.colour`: unknown field", id="a field of an object inside"),
    ],
)
def test_what_the_cluster_refuses(served: tuple[Served, ...], extra: dict[str, Any], message: str) -> None:
    ((code, text),) = found(served, {**GOOD, **extra})
    assert code == "verify/cluster-schema"
    assert message in text


def test_a_required_field_is_missed(served: tuple[Served, ...]) -> None:
    assert found(served, {"a": "x"}) == [("verify/cluster-schema", "`Widget/a` at `spec`: `size` is missing")]


def test_a_kind_that_is_not_served_is_refused(served: tuple[Served, ...]) -> None:
    ((code, text),) = found(served, {}, kind="Gadget")
    assert code == "verify/not-served"
    assert text.endswith("does not serve `Gadget` in `example.com/v1`: it has no such kind")


def test_a_version_that_is_not_served_is_refused(served: tuple[Served, ...]) -> None:
    ((code, text),) = found(served, {}, version="example.com/v3")
    assert code == "verify/not-served"
    assert text.endswith("it serves `v1`, `v2`")


def test_a_group_that_was_not_imported_is_not_judged(served: tuple[Served, ...]) -> None:
    assert found(served, {}, version="other.com/v1") == []


def test_nothing_was_imported(tmp_path: Path) -> None:
    assert imported_schemas(str(tmp_path)) == ()


def test_shared_parts_are_written_once_and_mean_the_same(tmp_path: Path) -> None:
    part = {"type": "object", "properties": {f"field{number}": {"type": "string"} for number in range(9)}}
    schema = {"type": "object", "properties": {"spec": {"type": "object", "properties": {"a": part, "b": part}}}}
    import_crds(["-"], str(tmp_path), standard_input=as_list(definition(schema=schema)))
    (served,) = imported_schemas(str(tmp_path))
    kept = served.schema("example.com/v1", "Widget")
    assert len(kept["$defs"]) == 1
    body = {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {}, "spec": {"b": {"field1": 1, "x": 1}}}
    assert {place for place, _ in violations(kept, body)} == {("spec", "b", "field1"), ("spec", "b", "x")}
