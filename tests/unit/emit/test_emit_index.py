"""The index names what is ours, byte for byte the same from the same files."""

import pytest

from compiler.emit.index import Index, build_index, owned_names, read_index, with_index

SHA_OF_A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_an_index_is_sorted_json_that_names_version_inputs_and_files():
    files = with_index({"b.yaml": b"a", "a/c.md": b"a"}, compiler="1.2.3", inputs={"specs/x/mlproject.yaml": b"a"})
    assert files["index.json"].decode() == f"""\
{{
  "compiler": "1.2.3",
  "files": {{
    "a/c.md": "{SHA_OF_A}",
    "b.yaml": "{SHA_OF_A}"
  }},
  "format": 1,
  "inputs": {{
    "specs/x/mlproject.yaml": "{SHA_OF_A}"
  }}
}}
"""
    assert read_index(files["index.json"]) == Index(
        "1.2.3", {"specs/x/mlproject.yaml": SHA_OF_A}, {"a/c.md": SHA_OF_A, "b.yaml": SHA_OF_A})


def test_an_index_does_not_depend_on_the_order_of_what_it_names():
    files = {"b.yaml": b"1", "a.yaml": b"2"}
    turned = dict(reversed(files.items()))
    assert (with_index(files, compiler="1", inputs=files)["index.json"]
            == with_index(turned, compiler="1", inputs=turned)["index.json"])


@pytest.mark.parametrize("data", [
    pytest.param(b"", id="empty"),
    pytest.param(b"\xff", id="not text"),
    pytest.param(b"[]", id="another shape"),
    pytest.param(b"{}", id="no members"),
    pytest.param(b"null", id="null"),
    pytest.param(b"[" * 100_000, id="deep"),
    pytest.param(build_index(Index("1", {}, {})).replace(b"1,", b"2,"), id="another format"),
    pytest.param(build_index(Index("1", {}, {})) + b" ", id="other bytes"),
    pytest.param(build_index(Index("1", {}, {"../x": "0" * 64})), id="a path that leads out"),
    pytest.param(build_index(Index("1", {}, {"/etc/passwd": "0" * 64})), id="an absolute path"),
])
def test_what_we_did_not_write_is_no_index(data):
    assert read_index(data) is None


MERGED = f"""\
{{
<<<<<<< HEAD
  "compiler": "1",
=======
  "compiler": "2",
>>>>>>> other
  "files": {{
<<<<<<< HEAD
    "ours.yaml": "{SHA_OF_A}",
=======
    "theirs.yaml": "{SHA_OF_A}",
    "../out.yaml": "{SHA_OF_A}",
    "note.yaml": "not a hash"
>>>>>>> other
  }},
  "format": 1,
  "inputs": {{
    "input.yaml": "{SHA_OF_A}"
  }}
}}
"""


@pytest.mark.parametrize(("data", "names"), [
    pytest.param(b"", {"index.json"}, id="an empty file"),
    pytest.param(with_index({"a.yaml": b""}, compiler="1", inputs={"b.yaml": b""})["index.json"],
                 {"a.yaml", "index.json"}, id="an index: its files, not its inputs"),
    pytest.param(MERGED.encode(), {"ours.yaml", "theirs.yaml", "index.json"}, id="conflict marks: both sides"),
])
def test_ours_is_what_the_index_names_even_after_a_merge(data, names):
    assert owned_names(data) == names
