"""Artifacts of one folder become few files in a fixed order."""

import pytest

from compiler.artifact.artifact import Manifest, TextFile
from compiler.emit.folder import files_of


def manifest(concern, kind, name):
    return Manifest(concern, {"kind": kind, "metadata": {"name": name}}, ())


def test_manifests_of_one_concern_share_a_file_in_the_order_given():
    files = files_of([manifest("serving", "B", "x"), manifest("access", "A", "x"), manifest("serving", "A", "y")])
    assert [*files] == ["access.yaml", "serving.yaml"]
    assert files["serving.yaml"] == (b"kind: B\nmetadata:\n  name: x\n---\nkind: A\nmetadata:\n  name: \"y\"\n")


def test_kinds_can_be_given_an_order():
    given = [manifest("x", kind, str(number)) for number, kind in enumerate("CABAC")]
    names = [line.split(": ")[1].strip('"') for line in files_of(given, ("A", "B"))["x.yaml"].decode().splitlines()
             if "name:" in line]
    assert names == ["1", "3", "2", "0", "4"]


def test_a_text_is_written_in_utf_8_as_it_is():
    assert files_of([TextFile("docs/runbook.md", "é\n", ())]) == {"docs/runbook.md": "é\n".encode()}


@pytest.mark.parametrize("artifacts", [
    pytest.param([TextFile("a.md", "1", ()), TextFile("a.md", "2", ())], id="two texts of one name"),
    pytest.param([TextFile("a.yaml", "1", ()), manifest("a", "A", "a")], id="a text named as a concern's file"),
    pytest.param([TextFile("A.md", "1", ()), TextFile("a.md", "2", ())], id="names that differ in case alone"),
    pytest.param([TextFile("a", "1", ()), TextFile("a/b", "2", ())], id="a file where a folder has to stand"),
    pytest.param([TextFile("../a", "1", ())], id="a name that leads out"),
    pytest.param([TextFile("/a", "1", ())], id="an absolute name"),
    pytest.param([TextFile("a//b", "1", ())], id="an empty part"),
    pytest.param([TextFile("a/./b", "1", ())], id="a dot"),
    pytest.param([TextFile(".git/hooks/x", "1", ())], id="a hidden name"),
    pytest.param([TextFile("a\n", "1", ())], id="a line break in a name"),
    pytest.param([TextFile("a\\b", "1", ())], id="a backslash in a name"),
    pytest.param([manifest("a/../../b", "A", "a")], id="a concern that leads out"),
])
def test_artifacts_that_cannot_be_files_are_our_bug(artifacts):
    with pytest.raises(ValueError, match="'"):
        files_of(artifacts)
