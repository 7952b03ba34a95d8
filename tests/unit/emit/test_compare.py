"""`--check` and `--diff` say what a compile would do, and do nothing."""

import os

import pytest
from emit_output import codes, made, stamps

from compiler.emit.compare import compare, unified_diff
from compiler.emit.tree import emit_folders

OLD = {"production/fraud": made(a_yaml="1\n", b_yaml="2\n")}


@pytest.fixture
def generated(tmp_path):
    emit_folders(str(tmp_path / "generated"), OLD)
    return tmp_path / "generated"


def kinds(comparison):
    return {f"{change.folder}/{change.path}": change.kind for change in comparison.changes}


def test_a_fresh_tree_shows_no_change_and_is_not_touched(generated):
    before = stamps(generated)
    assert compare(str(generated), OLD, wanted=OLD) == ((), ())
    assert stamps(generated) == before


def test_without_a_generated_folder_everything_is_missing(tmp_path):
    assert kinds(compare(str(tmp_path / "none"), OLD)) == {
        "production/fraud/a.yaml": "missing", "production/fraud/b.yaml": "missing",
        "production/fraud/index.json": "missing"}
    assert not (tmp_path / "none").exists()


def test_each_file_is_said_to_be_what_it_is(generated):
    folder = generated / "production/fraud"
    (folder / "b.yaml").write_text("by hand")
    (folder / "mine.txt").write_text("mine")
    new = {"production/fraud": made(a_yaml="new\n", b_yaml="new\n", c_yaml="new\n")}
    assert kinds(compare(str(generated), new)) == {
        "production/fraud/a.yaml": "stale", "production/fraud/b.yaml": "edited",
        "production/fraud/c.yaml": "missing", "production/fraud/index.json": "stale",
        "production/fraud/mine.txt": "foreign"}
    assert kinds(compare(str(generated), {"production/fraud": made(a_yaml="1\n")})) == {
        "production/fraud/b.yaml": "edited", "production/fraud/index.json": "stale",
        "production/fraud/mine.txt": "foreign"}


def test_an_edit_by_hand_is_seen_though_the_spec_is_as_it_was(generated):
    (generated / "production/fraud/a.yaml").write_text("by hand\n")
    comparison = compare(str(generated), OLD)
    assert kinds(comparison) == {"production/fraud/a.yaml": "edited"}
    assert (comparison.changes[0].before, comparison.changes[0].after) == (b"by hand\n", b"1\n")


def test_a_foreign_file_in_the_way_is_one_change(generated):
    (generated / "production/fraud/c.yaml").write_text("mine")
    new = {"production/fraud": made(a_yaml="1\n", b_yaml="2\n", c_yaml="3\n")}
    assert kinds(compare(str(generated), new)) == {
        "production/fraud/c.yaml": "foreign", "production/fraud/index.json": "stale"}


def test_folders_that_nobody_wants_are_seen_when_asked_for(generated):
    assert kinds(compare(str(generated), {})) == {}
    assert kinds(compare(str(generated), {}, wanted=())) == dict.fromkeys(
        ("production/fraud/a.yaml", "production/fraud/b.yaml", "production/fraud/index.json"), "leftover")


def test_a_link_is_refused(generated, tmp_path):
    (generated / "production/fraud/a.yaml").unlink()
    (generated / "production/fraud/a.yaml").symlink_to(tmp_path)
    assert codes(compare(str(generated), OLD)) == [("error", "emit/symlink")]


def test_a_diff_shows_what_would_change(generated):
    new = {"production/fraud": made(a_yaml="1\nmore", c_yaml="c\n")}
    changes = [change for change in compare(str(generated), new).changes if change.path != "index.json"]
    assert unified_diff(changes) == """\
--- a/generated/production/fraud/a.yaml
+++ b/generated/production/fraud/a.yaml
@@ -1 +1,2 @@
 1
+more  (no newline at the end)
--- a/generated/production/fraud/b.yaml
+++ /dev/null
@@ -1 +0,0 @@
-2
--- /dev/null
+++ b/generated/production/fraud/c.yaml
@@ -0,0 +1 @@
+c
"""


def test_a_diff_cannot_command_a_terminal(generated):
    (generated / "production/fraud/a.yaml").write_bytes(b"\x1b[2J\r::error::x\xff\xe2\x80\xae\n")
    shown = unified_diff(compare(str(generated), OLD).changes)
    assert "-\\x1b[2J\\r::error::x\\xff\\u202e\n" in shown


def test_a_foreign_file_is_not_shown_in_a_diff(generated):
    (generated / "production/fraud/mine.txt").write_text("secret")
    assert unified_diff(compare(str(generated), OLD).changes) == ""


def test_a_folder_that_is_exchanged_while_we_look_is_looked_at_again(generated, monkeypatch):
    from compiler.emit import fs
    new = {"production/fraud": made(a_yaml="new\n")}
    opened, open_file = [], fs.open_file

    def exchanged_meanwhile(name, at):
        if not opened:
            opened.append(name)
            emit_folders(str(generated), new)
        return open_file(name, at)
    monkeypatch.setattr(fs, "open_file", exchanged_meanwhile)
    assert compare(str(generated), new) == ((), ())
    assert os.listdir(generated / "production") == ["fraud"]
