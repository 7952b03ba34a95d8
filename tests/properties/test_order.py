"""The order in which keys are written, and how often they are compiled, changes no byte."""

import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compiler.driver import Report
from compiler.emit.tree import emit_folders
from compiler.source.path import FieldPath
from tests.properties.specs import LOCK, SPEC, changed, paths, write
from tests.repositories import Compiler, tree

# What may be left out: every member of a mapping that is not needed to tell what the spec is about.
OPTIONAL = [path for path in paths(SPEC) if isinstance(path[-1], str) and path[0] not in ("apiVersion", "kind")]


@pytest.fixture(scope="module")
def compiler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compiler]:
    made = Compiler(tmp_path_factory.mktemp("order"))
    yield made
    made.close()


@settings(
    deadline=None,
    derandomize=True,
    max_examples=40,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(left_out=st.sets(st.sampled_from(OPTIONAL), max_size=6), seed=st.integers(0, 2**32))
def test_any_order_of_any_keys_gives_the_same_bytes(compiler: Compiler, left_out: set[FieldPath], seed: int) -> None:
    spec = without(SPEC, left_out)
    first = compiler.compile(write(compiler.root, spec))
    chance = random.Random(seed)
    second = compiler.compile(write(compiler.root, shuffled(spec, chance), shuffled(LOCK, chance)))
    assert _said(first) == _said(second)
    assert _files(first) == _files(second)


def test_a_shuffled_whole_spec_compiles(compiler: Compiler) -> None:
    for seed in range(5):
        report = compiler.compile(write(compiler.root, shuffled(SPEC, random.Random(seed))))
        assert report.folders, report.diagnostics


@settings(
    deadline=None,
    derandomize=True,
    max_examples=15,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(left_out=st.sets(st.sampled_from(OPTIONAL), max_size=3))
def test_what_is_written_twice_is_written_once(compiler: Compiler, left_out: set[FieldPath]) -> None:
    generated = compiler.root / "generated"
    report = compiler.compile(write(compiler.root, without(SPEC, left_out)))
    if not report.folders:
        return
    assert emit_folders(str(generated), report.folders).diagnostics == ()
    before = tree(generated)
    stamps = {path: path.stat().st_mtime_ns for path in (generated, *generated.rglob("*"))}
    again = emit_folders(str(generated), compiler.compile(compiler.root / "specs/fraud/mlproject.yaml").folders)
    assert [folder.written for folder in again.folders if folder.written] == []
    assert tree(generated) == before
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps


def without(data: Any, left_out: set[FieldPath]) -> Any:
    """Return data without the members at some paths."""
    copy = changed(data, {})
    for path in sorted(left_out, key=repr):
        inner = copy
        for part in path[:-1]:
            inner = inner.get(part, {}) if isinstance(inner, dict) else inner[part]
        inner.pop(path[-1], None)
    return copy


def shuffled(data: Any, chance: random.Random) -> Any:
    """Return data with the members of every mapping in another order."""
    if isinstance(data, Mapping):
        return {key: shuffled(data[key], chance) for key in chance.sample(list(data), len(data))}
    return [shuffled(item, chance) for item in data] if isinstance(data, list) else data


def _said(report: Report) -> list[tuple[str, str, FieldPath]]:
    return sorted((finding.code, finding.message, finding.path) for finding in report.diagnostics)


def _files(report: Report) -> dict[str, bytes]:
    """Return every file but the indexes, which hold the digests of the inputs."""
    return {
        f"{folder}/{path}": content
        for folder, files in report.folders.items()
        for path, content in files.items()
        if path != "index.json"
    }
