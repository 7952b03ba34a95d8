"""Packs from folders: what is read, what is laid over what, and what is refused."""

import os
from pathlib import Path

import pytest

from compiler.policy import packs
from compiler.policy.interface import Packs
from compiler.policy.packs import merged_data, read_packs, read_packs_with_tests
from tests.unit.policy.packs import ANY_NAME, pack, policy


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a built-in pack of one policy outside of it."""
    built_in = tmp_path / "installed"
    _write(built_in, "noun/rule.rego", policy(ANY_NAME))
    _write(built_in, "data/limits.json", '{"limits": {"a": 1, "b": 2}}')
    monkeypatch.setattr(packs, "built_in_folder", lambda: str(built_in))
    root = tmp_path / "repository"
    root.mkdir()
    return root


def _write(folder: Path, path: str, text: str) -> Path:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def codes(read: Packs) -> list[str]:
    return [fault.code for fault in read.faults]


def test_a_repository_without_policies_has_the_built_in_pack(repository: Path) -> None:
    read = read_packs(str(repository))
    assert [(one.name, sorted(one.files)) for one in read.packs] == [("built-in", ["built-in/noun/rule.rego"])]


def test_a_repositorys_policies_stand_beside_the_built_in_ones(repository: Path) -> None:
    _write(repository, "policies/own/rule.rego", policy(ANY_NAME, package="mlproject.spec.own.rule"))
    _write(repository, "policies/own/rule_test.rego", "package mlproject.spec.own.rule_test\n")
    assert [sorted(one.files) for one in read_packs(str(repository)).packs] == [
        ["built-in/noun/rule.rego"], ["policies/own/rule.rego"]]
    assert sorted(read_packs_with_tests(str(repository)).packs[1].files) == [
        "policies/own/rule.rego", "policies/own/rule_test.rego"]


def test_the_built_in_folder_is_read_once_where_it_is_the_repositorys_own(
        repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(repository, "policies/own/rule.rego", policy(ANY_NAME))
    monkeypatch.setattr(packs, "built_in_folder", lambda: str(repository / "policies"))
    assert [one.name for one in read_packs(str(repository)).packs] == ["policies"]


def test_data_of_a_repository_is_laid_over_the_built_in_data(repository: Path) -> None:
    _write(repository, "policies/own/rule.rego", policy(ANY_NAME))
    _write(repository, "policies/data/limits.yaml", "limits: {b: 3, c: {d: 4}}\n")
    _write(repository, "policies/data/regions.json", '{"regions": ["eu"]}')
    assert merged_data(read_packs(str(repository)).packs) == {
        "limits": {"a": 1, "b": 3, "c": {"d": 4}}, "regions": ["eu"]}


def test_null_removes_and_a_list_replaces() -> None:
    below = pack({}, data={"a": {"x": 1, "y": 2}, "b": [1, 2]})
    above = pack({}, data={"a": {"x": None}, "b": [3]})
    assert merged_data((below, above)) == {"a": {"y": 2}, "b": [3]}
    assert below.data == {"a": {"x": 1, "y": 2}, "b": [1, 2]}


@pytest.mark.parametrize(("path", "text", "code"), [
    pytest.param("policies/data/a.json", "{", "policy/bad-data", id="broken JSON"),
    pytest.param("policies/data/a.json", "[1]", "policy/bad-data", id="a list"),
    pytest.param("policies/data/a.yaml", "a: &x 1\n", "source/anchor", id="YAML that is no YAML of ours"),
    pytest.param("policies/pack.json", '{"minimum": "many"}', "policy/bad-data", id="a minimum that is no number"),
    pytest.param("policies/pack.json", '{"denies": {"spec": 1}}', "policy/bad-data", id="an input that is none"),
])
def test_data_that_cannot_be_used_is_refused(repository: Path, path: str, text: str, code: str) -> None:
    _write(repository, "policies/own/rule.rego", policy(ANY_NAME))
    _write(repository, path, text)
    assert codes(read_packs(str(repository))) == [code]


def test_one_key_in_two_data_files_is_refused(repository: Path) -> None:
    _write(repository, "policies/data/a.json", '{"limits": {}}')
    _write(repository, "policies/data/b.json", '{"limits": {}}')
    assert codes(read_packs(str(repository))) == ["policy/bad-data"]


def test_links_pipes_and_latin_1_are_refused(repository: Path) -> None:
    outside = _write(repository, "outside.rego", policy(ANY_NAME))
    folder = repository / "policies" / "own"
    folder.mkdir(parents=True)
    (folder / "link.rego").symlink_to(outside)
    os.mkfifo(folder / "pipe.rego")
    (folder / "latin.rego").write_bytes("# é".encode("latin-1"))
    (folder / "large.rego").write_bytes(b"#" * (1024 * 1024 + 1))
    (repository / "policies" / "linked").symlink_to(folder)
    read = read_packs(str(repository))
    assert [(fault.code, fault.span.file) for fault in read.faults if fault.span] == [
        ("policy/unreadable", f"policies/own/{name}.rego") for name in ("large", "latin", "link", "pipe")]
    assert read.packs[1].files == {}


def test_the_minimum_and_the_input_to_deny_come_from_the_pack(repository: Path) -> None:
    _write(repository, "policies/pack.json", '{"minimum": 7, "denies": {"spec": {"spec": {}}}}')
    own = read_packs(str(repository)).packs[1]
    assert (own.minimum, own.denies) == (7, {"spec": {"spec": {}}})
