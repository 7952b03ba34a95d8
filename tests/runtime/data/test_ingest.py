"""Sources are read at the revision of training, or as production reads them, whatever holds them."""

import gzip
import http.server
import json
import threading
from functools import partial

import fsspec
import pandas as pd
import pytest

from runtime.contract import EXIT_ENVIRONMENT, EXIT_OK, EXIT_REFUSED
from tests.runtime.data.conftest import command
from tests.runtime.data.stepping import SOURCE, run

DVC = {"with": "dvc", "path": "data/rows", "remote": None, "revision": None,
       "repository": "https://git.example.org/rows.git", "branch": "main"}
TYPES = {"code": "category", "amount": "float64", "flag": "bool"}
ROWS = [("01", 1.5, True), ("02", None, False), (None, -3.0, True)]
CSV = "code,amount,flag\n01,1.5,true\n02,NA,false\n,-3.0,true\n"
ARFF = """% a comment
@relation r
@attribute code {01, 02}
@attribute amount numeric
@attribute flag {true, false}
@data
01,1.5,true
02,?,false
?,-3.0,true
"""
RECORDS = [{"code": "01", "amount": 1.5, "flag": True}, {"code": "02", "amount": None, "flag": False},
           {"code": None, "amount": -3.0, "flag": True}]
LINES = "\n".join(json.dumps(record) for record in RECORDS)


def source(uri, **others):
    return SOURCE | {"name": "rows", "uri": str(uri)} | others


def ingest(tmp_path, *sources, capsys=None, **settings):
    return run("ingest", tmp_path / "run", {"sources": list(sources)} | settings, capsys=capsys)


def read(finished, name="rows"):
    return pd.read_parquet(finished.outputs["data"] / f"{name}.parquet")


@pytest.mark.parametrize(("format", "name", "content"), [
    pytest.param("csv", "a.csv", CSV.encode(), id="CSV"),
    pytest.param("csv", "a.csv", b"\xef\xbb\xbf" + CSV.encode(), id="CSV with a byte order mark"),
    pytest.param("csv", "a.csv.gz", gzip.compress(CSV.encode()), id="CSV, compressed"),
    pytest.param("arff", "a.arff", ARFF.encode(), id="ARFF"),
    pytest.param("json", "a.json", json.dumps(RECORDS).encode(), id="JSON, a list"),
    pytest.param("json", "a.jsonl", LINES.encode(), id="JSON, an object a line"),
])
def test_a_format_gives_its_rows(tmp_path, format, name, content):
    (tmp_path / name).write_bytes(content)
    finished = ingest(tmp_path, source(tmp_path / name, format=format, columns=TYPES))
    rows = read(finished)
    assert [None if pd.isna(value) else value for value in rows["code"]] == [row[0] for row in ROWS]
    assert [None if pd.isna(value) else value for value in rows["amount"]] == [row[1] for row in ROWS]
    assert [str(value).lower() for value in rows["flag"]] == ["true", "false", "true"]


def test_a_folder_is_all_of_its_files_in_order(tmp_path):
    for name, value in (("b.parquet", 2), ("sub/c.parquet", 3), ("a.parquet", 1), ("_SUCCESS", 0), (".x.parquet", 9)):
        (tmp_path / "lake" / name).parent.mkdir(parents=True, exist_ok=True)
        pd.DataFrame({"x": pd.Series([value], dtype="category")}).to_parquet(tmp_path / "lake" / name)
    finished = ingest(tmp_path, source(tmp_path / "lake"))
    assert read(finished)["x"].tolist() == [1, 2, 3]
    (origin,) = finished.json("lineage")["sources"]
    assert (origin["with"], origin["revision"], origin["rows"], origin["fallback_used"]) == ("none", None, 3, False)


def test_a_digest_is_of_the_content(tmp_path):
    def digest(folder, text):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.csv").write_text(text)
        return ingest(tmp_path, source(tmp_path / folder, format="csv")).json("lineage")["sources"][0]["digest"]
    assert digest("one", "x\n1\n") == digest("two", "x\n1\n")
    assert digest("three", "x\n2\n").startswith("sha256:")
    assert digest("four", "x\n2\n") != digest("five", "x\n1\n")


@pytest.mark.parametrize(("version", "rows", "revision"), [
    pytest.param({}, 5, "head", id="the newest of the branch"),
    pytest.param({"revision": "v1"}, 3, "first", id="a tag"),
    pytest.param({"remote": "storage", "branch": "main"}, 5, "head", id="a remote by name"),
])
@pytest.mark.usefixtures("locations")
def test_training_reads_the_revision_that_dvc_keeps(tmp_path, repository, version, rows, revision):
    finished = ingest(tmp_path, source("s3://nowhere/rows/", version=DVC | version))
    assert finished.code == EXIT_OK
    assert len(read(finished)) == rows
    (origin,) = finished.json("lineage")["sources"]
    assert origin["revision"] == getattr(repository, revision)
    # The commit after it changed no data, so the data is no newer for it.
    assert origin["modified"] == ("2026-01-01T00:00:00+00:00" if rows == 3 else "2026-01-02T00:00:00+00:00")


@pytest.mark.parametrize(("version", "code", "message"), [
    pytest.param(DVC | {"revision": "v9"}, EXIT_REFUSED, "has no revision `v9`", id="unknown revision"),
    pytest.param(DVC | {"path": "data/absent"}, EXIT_REFUSED, "DVC tracks no `data/absent`", id="unknown path"),
    pytest.param(DVC | {"repository": "/nowhere.git"}, EXIT_ENVIRONMENT, "cannot be cloned", id="no repository"),
    pytest.param(DVC | {"repository": "ext::touch /tmp/x"}, EXIT_ENVIRONMENT, "cannot be cloned", id="a program"),
    pytest.param({"with": "delta", "version": 3}, EXIT_REFUSED, "revisions kept by delta", id="Delta"),
    pytest.param({"with": "iceberg"}, EXIT_REFUSED, "revisions kept by iceberg", id="Iceberg"),
    pytest.param({"with": "lakefs"}, EXIT_REFUSED, "lakeFS's S3 gateway", id="lakeFS"),
    pytest.param({"with": "pachyderm"}, EXIT_REFUSED, "Pachyderm's S3 gateway", id="Pachyderm"),
])
@pytest.mark.usefixtures("locations")
def test_revisions_that_cannot_be_read(tmp_path, capsys, version, code, message):
    finished = ingest(tmp_path, source("s3://nowhere/rows/", version=version), capsys=capsys)
    assert finished.code == code
    assert message in finished.errors


def test_git_lfs_reads_files_of_git_and_refuses_pointers_without_its_program(tmp_path, capsys, monkeypatch):
    tree = tmp_path / "tree"
    (tree / "data").mkdir(parents=True)
    (tree / "data/a.csv").write_text("x\n1\n")
    command("git", "init", "--quiet", "--initial-branch=main", cwd=tree)
    command("git", "add", "--all", cwd=tree)
    command("git", "commit", "--quiet", "-m", "one", cwd=tree)
    version = {"with": "git-lfs", "path": "data", "revision": None, "repository": str(tree), "branch": "main"}
    finished = ingest(tmp_path, source("s3://nowhere/", format="csv", version=version))
    assert read(finished)["x"].tolist() == [1]
    (tree / "data/a.csv").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4\n")
    command("git", "commit", "--quiet", "-am", "two", cwd=tree)
    git = command("which", "git", cwd=tree)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").write_text(f'#!/bin/sh\n[ "$1" = lfs ] && exit 1\nexec {git} "$@"\n')
    (tmp_path / "bin/git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=":")
    refused = ingest(tmp_path, source("s3://nowhere/", format="csv", version=version), capsys=capsys)
    assert refused.code == EXIT_REFUSED
    assert "needs the program git-lfs" in refused.errors


@pytest.fixture
def lake(tmp_path):
    """What production reads, with its newest rows in latest/."""
    (tmp_path / "lake/latest").mkdir(parents=True)
    pd.DataFrame({"x": [1]}).to_parquet(tmp_path / "lake/old.parquet")
    pd.DataFrame({"x": [7, 8]}).to_parquet(tmp_path / "lake/latest/new.parquet")
    return tmp_path / "lake"


def test_production_reads_its_newest_rows(tmp_path, lake):
    assert read(ingest(tmp_path, source(lake), read="production"))["x"].tolist() == [7, 8]


def test_the_last_good_revision_stands_in_for_unreadable_rows(tmp_path, lake, repository, locations, capsys):
    (lake / "latest/new.parquet").write_bytes(b"PAR1 and then nothing that anybody can read")
    versioned = source(lake, version=DVC | {"revision": "v1"}, fallback="last-good-revision")
    finished = ingest(tmp_path, versioned, read="production", capsys=capsys)
    assert finished.code == EXIT_OK
    assert "the last good revision stands in" in finished.errors
    (origin,) = finished.json("lineage")["sources"]
    assert (origin["fallback_used"], origin["revision"], origin["rows"]) == (True, repository.first, 3)
    assert finished.numbers["fallbacks"] == 1


def test_without_a_fallback_unreadable_rows_stop_the_run(tmp_path, lake, capsys):
    (lake / "latest/new.parquet").write_bytes(b"no parquet")
    finished = ingest(tmp_path, source(lake), read="production", capsys=capsys)
    assert finished.code == EXIT_REFUSED
    assert "new.parquet is no parquet that can be read" in finished.errors


def test_an_object_store_is_read_through_fsspec(tmp_path):
    storage = fsspec.filesystem("memory")
    storage.pipe({"/lake/rows/b.csv": b"x\n2\n", "/lake/rows/a.csv": b"x\n1\n", "/lake/rows/_SUCCESS": b""})
    try:
        finished = ingest(tmp_path, source("memory://lake/rows/", format="csv"))
        assert read(finished)["x"].tolist() == [1, 2]
        assert finished.json("lineage")["sources"][0]["modified"] is not None
    finally:
        storage.rm("/lake", recursive=True)


@pytest.mark.parametrize(("uri", "package"), [("s3://lake/x/", "s3fs"), ("gs://lake/x/", "gcsfs"),
                                              ("abfss://lake/x/", "adlfs")])
def test_a_storage_without_its_package_is_refused_by_name(tmp_path, monkeypatch, capsys, uri, package):
    monkeypatch.setitem(__import__("sys").modules, package, None)
    finished = ingest(tmp_path, source(uri), capsys=capsys)
    assert finished.code == EXIT_REFUSED
    assert f"needs the package {package}, which this image does not have: install" in finished.errors


def test_a_file_is_read_over_http(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("x\n1\n")
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        finished = ingest(tmp_path, source(f"{address}/a.csv", format="csv"))
        absent = ingest(tmp_path, source(f"{address}/b.csv", format="csv"), capsys=capsys)
        server.shutdown()
    assert read(finished)["x"].tolist() == [1]
    assert absent.code == EXIT_ENVIRONMENT
    assert "b.csv cannot be read" in absent.errors


@pytest.mark.parametrize(("format", "content", "message"), [
    pytest.param("json", b"[1, 2]", "expected a list of objects", id="JSON that is no table"),
    pytest.param("json", b'{"x": ', "a.json is no json that can be read", id="JSON cut short"),
    pytest.param("arff", b"@relation r\n@data\n", "it declares no attributes", id="ARFF without columns"),
    pytest.param("csv", b"", "a.csv is no csv that can be read", id="an empty file"),
    pytest.param("iceberg", b"x", "format iceberg needs a reader", id="a format without a reader"),
])
def test_files_that_are_refused(tmp_path, capsys, format, content, message):
    (tmp_path / f"a.{format}").write_bytes(content)
    finished = ingest(tmp_path, source(tmp_path / f"a.{format}", format=format), capsys=capsys)
    assert finished.code == EXIT_REFUSED
    assert message in finished.errors


def test_what_is_not_there_is_worth_another_attempt(tmp_path, capsys):
    finished = ingest(tmp_path, source(tmp_path / "absent"), capsys=capsys)
    assert finished.code == EXIT_ENVIRONMENT


def test_a_secret_that_is_no_json_is_not_shown(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SECRET_SOURCE_ROWS", "hunter2")
    finished = ingest(tmp_path, source("memory://lake/", secret="source-rows"), capsys=capsys)
    assert finished.code == EXIT_REFUSED
    assert "the secret `source-rows` holds no JSON object" in finished.errors
    assert "hunter2" not in finished.errors
