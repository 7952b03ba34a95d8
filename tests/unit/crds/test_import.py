"""Definitions are read from wherever they are, kept strict, and nothing is written when one is wrong."""

import json
import os
from pathlib import Path

import pytest
import yaml

from compiler.crds.importing import Imported, import_crds
from tests.unit.crds.definitions import as_list, definition


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def from_input(repository: Path, content: bytes) -> Imported:
    return import_crds(["-"], str(repository), standard_input=content)


def codes(imported: Imported) -> list[str]:
    return [diagnostic.code for diagnostic in imported.diagnostics if diagnostic.severity == "error"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    return folder


def test_a_list_of_kubectl_is_imported(repository: Path) -> None:
    imported = from_input(repository, as_list(definition(versions=("v1", "v2")), definition("Gadget")))
    assert imported.kinds == ("example.com/v1 Gadget", "example.com/v1 Widget", "example.com/v2 Widget")
    assert sorted(tree(repository)) == [
        "crds/example.com/gadget_v1.json",
        "crds/example.com/widget_v1.json",
        "crds/example.com/widget_v2.json",
        "crds/index.json",
    ]
    assert json.loads((repository / "crds/index.json").read_text()) == {
        "groups": {"example.com": {"Gadget": ["v1"], "Widget": ["v1", "v2"]}}
    }


def test_files_folders_and_many_documents_are_imported(repository: Path, tmp_path: Path) -> None:
    folder = tmp_path / "input" / "deep"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text(yaml.safe_dump_all([definition("A"), {"kind": "Service"}, None, definition("B")]))
    (folder / "notes.txt").write_text("no YAML: [")
    (tmp_path / "c.json").write_text(json.dumps(definition("C")))
    imported = import_crds([str(tmp_path / "input"), str(tmp_path / "c.json")], str(repository))
    assert imported.kinds == ("example.com/v1 A", "example.com/v1 B", "example.com/v1 C")


def test_a_second_import_writes_nothing(repository: Path) -> None:
    from_input(repository, as_list(definition()))
    before = {path: os.stat(repository / path).st_mtime_ns for path in tree(repository)}
    assert from_input(repository, as_list(definition())).written == ()
    assert before == {path: os.stat(repository / path).st_mtime_ns for path in tree(repository)}


def test_the_order_of_definitions_changes_no_byte(repository: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    from_input(repository, as_list(definition("A"), definition("B")))
    from_input(other, as_list(definition("B"), definition("A")))
    assert tree(repository) == tree(other)


def test_a_version_that_is_no_longer_served_goes_and_other_kinds_stay(repository: Path) -> None:
    from_input(repository, as_list(definition(versions=("v1", "v2")), definition("Gadget")))
    imported = from_input(repository, as_list(definition(versions=("v2",))))
    assert imported.removed == ("crds/example.com/widget_v1.json",)
    assert sorted(tree(repository)) == [
        "crds/example.com/gadget_v1.json",
        "crds/example.com/widget_v2.json",
        "crds/index.json",
    ]


def test_a_version_that_is_not_served_is_not_imported(repository: Path) -> None:
    assert from_input(repository, as_list(definition(served=False))).kinds == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"a: [", "crds/not-yaml", id="not YAML"),
        pytest.param(b"\xff\xfe\x00", "crds/not-yaml", id="not text"),
        pytest.param(b"[" * 100_000, "crds/not-yaml", id="nested without end"),
        pytest.param(b"kind: Service", "crds/nothing-found", id="nothing of the kind"),
        pytest.param(b"", "crds/nothing-found", id="nothing at all"),
        pytest.param(
            as_list({"kind": "CustomResourceDefinition", "apiVersion": "apiextensions.k8s.io/v1beta1"}),
            "crds/old-definition",
            id="the form before 1.22",
        ),
        pytest.param(
            as_list({"kind": "CustomResourceDefinition", "apiVersion": "apiextensions.k8s.io/v1"}),
            "crds/not-a-definition",
            id="no spec",
        ),
        pytest.param(
            as_list(definition(group="../../etc")), "crds/not-a-definition", id="a group that leaves the folder"
        ),
        pytest.param(as_list(definition("../Widget")), "crds/not-a-definition", id="a kind that leaves the folder"),
        pytest.param(
            as_list(definition(versions=("/v1",))), "crds/not-a-definition", id="a version that leaves the folder"
        ),
        pytest.param(
            b"a: &a [*a]\nkind: CustomResourceDefinition\napiVersion: apiextensions.k8s.io/v1\n"
            b"spec: {group: a.b, names: {kind: A}, versions: [{name: v1, served: true, schema: {openAPIV3Schema: &s "
            b"{type: object, properties: {a: *s}}}}]}",
            "crds/not-yaml",
            id="a schema inside itself",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(repository: Path, content: bytes, code: str) -> None:
    imported = from_input(repository, content)
    assert codes(imported) == [code]
    assert tree(repository) == {}


def test_one_wrong_file_stops_the_whole_import(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_bytes(as_list(definition()))
    imported = import_crds([str(tmp_path / "good.yaml"), str(tmp_path / "missing.yaml")], str(repository))
    assert codes(imported) == ["crds/unreadable"]
    assert imported.diagnostics[0].span is not None
    assert imported.diagnostics[0].span.file == str(tmp_path / "missing.yaml")
    assert tree(repository) == {}


def test_a_link_out_of_the_repository_is_not_followed(repository: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (repository / "crds").mkdir()
    (repository / "crds" / "example.com").symlink_to(outside)
    with pytest.raises(OSError, match=r"example\.com"):
        from_input(repository, as_list(definition()))
    assert tree(outside) == {}


def test_a_pattern_that_only_the_cluster_can_run_is_a_warning(repository: Path) -> None:
    (found,) = from_input(repository, as_list(definition())).diagnostics
    assert (found.code, found.severity) == ("crds/pattern", "warning")
    assert r"\p{Greek}" in found.message


def test_enums_with_a_bare_equals_sign_are_read(repository: Path) -> None:
    content = as_list(definition()).replace(b"- '='", b"- =")
    assert b"- =\n" in content
    assert codes(from_input(repository, content)) == []
