"""Pruning removes whole folders that we wrote and nobody wants, and nothing else."""

import pytest
from emit_output import codes, made, stamps, tree

from compiler.emit.prune import prune_folders, unwanted_folders
from compiler.emit.tree import emit_folders

FOLDERS = {"production/fraud": made(a_yaml="1"), "production/iris": made(a_yaml="1", docs__b_md="2"),
           "old/iris": made(a_yaml="1"), "repository": made(a_yaml="1")}


@pytest.fixture
def generated(tmp_path):
    emit_folders(str(tmp_path / "generated"), FOLDERS)
    return tmp_path / "generated"


def test_everything_wanted_means_nothing_is_touched(generated):
    before = stamps(generated)
    assert prune_folders(str(generated), [*FOLDERS, "new/not-yet-written"]) == ((), ())
    assert stamps(generated) == before


def test_an_unwanted_folder_goes_and_an_empty_environment_with_it(generated):
    before = stamps(generated / "production/fraud")
    report = prune_folders(str(generated), {"production/fraud"})
    assert [(folder.folder, folder.removed) for folder in report.folders] == [
        ("old/iris", ("a.yaml", "index.json")), ("production/iris", ("a.yaml", "docs/b.md", "index.json")),
        ("repository", ("a.yaml", "index.json"))]
    assert sorted(path.name for path in generated.iterdir()) == ["production"]
    assert stamps(generated / "production/fraud") == before


def test_what_would_go_can_be_asked_without_removing_it(generated):
    before = stamps(generated)
    assert unwanted_folders(str(generated), {"production/fraud"}) == ("old/iris", "production/iris", "repository")
    assert stamps(generated) == before


def test_a_file_that_is_not_ours_stays_and_its_folder_with_it(generated):
    mine = generated / "production/iris/docs/mine.md"
    mine.write_text("mine")
    before = mine.stat()
    report = prune_folders(str(generated), FOLDERS.keys() - {"production/iris"})
    assert report.folders[0].removed == ("a.yaml", "docs/b.md", "index.json")
    assert report.folders[0].foreign == ("docs/mine.md",)
    assert codes(report) == [("warning", "emit/foreign-file")]
    assert tree(generated / "production/iris") == {"docs/mine.md": b"mine"}
    assert (mine.stat().st_ino, mine.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("index", [None, "", "{}", "{\n<<<<<<< HEAD\n"], ids=["no", "an empty", "a foreign", "a torn"])
def test_a_folder_with_such_an_index_is_not_ours_to_remove(generated, index):
    path = generated / "old/iris/index.json"
    path.unlink()
    if index is not None:
        path.write_text(index)
    before = stamps(generated)
    assert prune_folders(str(generated), FOLDERS.keys() - {"old/iris"}).folders == ()
    assert stamps(generated) == before


def test_an_index_cannot_name_files_outside_its_folder(generated, tmp_path):
    (tmp_path / "secret").write_text("secret")
    index = generated / "old/iris/index.json"
    index.write_text(index.read_text().replace('"a.yaml"', '"../../../secret"'))
    prune_folders(str(generated), FOLDERS.keys() - {"old/iris"})
    assert (tmp_path / "secret").read_text() == "secret"


def test_a_link_to_a_folder_is_not_followed(generated, tmp_path):
    outside = (generated / "old/iris").rename(tmp_path / "outside")
    (generated / "old/iris").symlink_to(outside)
    before = stamps(outside)
    assert prune_folders(str(generated), FOLDERS.keys() - {"old/iris"}) == ((), ())
    assert stamps(outside) == before


def test_nothing_generated_means_nothing_to_prune(tmp_path):
    assert prune_folders(str(tmp_path / "generated"), ()) == ((), ())
    assert not (tmp_path / "generated").exists()


def test_what_a_killed_run_left_of_an_environment_that_is_gone_is_removed_too(generated):
    (generated / "old/iris").rename(generated / "old/.mlproject-stage-iris")
    prune_folders(str(generated), FOLDERS.keys() - {"old/iris"})
    assert not (generated / "old").exists()
