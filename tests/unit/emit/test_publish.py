"""A folder holds what it should, keeps what is not ours, and is never written through a link."""

import errno
import os
import stat

import pytest
from emit_output import NEW, OLD, SAME, codes, made, published, refuse, stamps, tree

from compiler.emit import fs
from compiler.emit.index import INDEX_NAME
from compiler.emit.tree import emit_folders


@pytest.fixture
def generated(tmp_path):
    return tmp_path / "repository" / "generated"


def test_a_first_compile_writes_every_file(generated):
    report = emit_folders(str(generated), OLD)
    assert tree(generated) == published(OLD)
    assert [(folder.folder, folder.written) for folder in report.folders] == [
        ("dev/fraud", ("a.yaml", "index.json")),
        ("production/fraud", ("a.yaml", "docs/run.md", "gone/b.yaml", "index.json"))]
    assert report.diagnostics == ()


def test_a_second_compile_writes_nothing(generated):
    emit_folders(str(generated), OLD)
    before = stamps(generated.parent)
    report = emit_folders(str(generated), OLD)
    assert stamps(generated.parent) == before
    assert all(folder.unchanged and not folder.written + folder.removed for folder in report.folders)


def test_a_change_replaces_removes_and_adds_and_leaves_other_folders_alone(generated):
    emit_folders(str(generated), OLD)
    before = stamps(generated / "dev")
    report = emit_folders(str(generated), NEW)
    assert tree(generated) == published(NEW)
    assert report.folders[1] == ("production/fraud", ("a.yaml", "index.json", "new/c.yaml"), ("docs/run.md",),
                                 ("gone/b.yaml",), ())
    inside = stamps(generated / "dev")
    assert {path: inside[path] for path in before} == before
    assert not (generated / "production/fraud/gone").exists()


def test_no_folder_to_write_means_nothing_is_touched(generated):
    assert emit_folders(str(generated), {}) == ((), ())
    assert not generated.exists()


def test_a_folder_may_stand_directly_in_generated(generated):
    emit_folders(str(generated), {"repository": made(a_yaml="1")})
    emit_folders(str(generated), {"repository": made(a_yaml="2")})
    assert tree(generated) == published({"repository": made(a_yaml="2")})


def test_a_file_that_is_not_ours_stays_the_very_same_file(generated):
    emit_folders(str(generated), OLD)
    for name in ("notes.txt", "docs/odd \x1b\nname", ".hidden"):
        (generated / "production/fraud" / name).write_text(name)
    before = (generated / "production/fraud/notes.txt").stat()
    report = emit_folders(str(generated), NEW)
    after = (generated / "production/fraud/notes.txt").stat()
    assert (after.st_ino, after.st_mode, after.st_mtime_ns, after.st_nlink) == (
        before.st_ino, before.st_mode, before.st_mtime_ns, 1)
    assert report.folders[1].foreign == (".hidden", "docs/odd \x1b\nname", "notes.txt")
    assert codes(report) == [("warning", "emit/foreign-file")] * 3
    assert all("\x1b" not in found.span.file and "\n" not in found.span.file for found in report.diagnostics)


def test_a_file_that_is_not_ours_is_copied_where_it_cannot_have_two_names(generated, monkeypatch):
    emit_folders(str(generated), OLD)
    script = generated / "production/fraud/docs/mine.sh"
    script.write_text("mine")
    script.chmod(0o750)
    before = script.stat()
    monkeypatch.setattr(fs, "link", refuse(errno.EPERM))
    emit_folders(str(generated), NEW)
    assert script.read_text() == "mine"
    assert (script.stat().st_mode, script.stat().st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


def test_a_file_that_came_while_we_published_is_moved_to_the_new_folder(generated, monkeypatch):
    emit_folders(str(generated), OLD)
    (generated / "production/fraud/edited.txt").write_text("old")
    exchange = fs.exchange

    def late(*names):
        (generated / "production/fraud/late.txt").write_text("late")
        (generated / "production/fraud/edited.txt").unlink()
        (generated / "production/fraud/edited.txt").write_text("new")
        exchange(*names)
    monkeypatch.setattr(fs, "exchange", late)
    emit_folders(str(generated), NEW)
    mine = {"production/fraud/late.txt": b"late", "production/fraud/edited.txt": b"new"}
    assert tree(generated) == published(NEW) | mine


@pytest.mark.parametrize("name", [
    pytest.param("new/c.yaml", id="in the place of a file"),
    pytest.param("new", id="in the place of a folder"),
    pytest.param("new/c.yaml/x", id="below the place of a file"),
])
def test_a_file_that_is_not_ours_is_never_written_over(generated, name):
    emit_folders(str(generated), OLD)
    (generated / "production/fraud" / name).parent.mkdir(exist_ok=True, parents=True)
    (generated / "production/fraud" / name).write_text("mine")
    before = stamps(generated)
    report = emit_folders(str(generated), NEW)
    assert codes(report) == [("error", "emit/foreign-file")]
    assert report.diagnostics[0].span.file == f"{generated}/production/fraud/{name}"
    assert report.folders == ()
    assert stamps(generated) == before


def test_a_file_that_is_not_ours_but_what_we_would_write_becomes_ours(generated):
    emit_folders(str(generated), OLD)
    (generated / "production/fraud/new").mkdir()
    (generated / "production/fraud/new/c.yaml").write_text("c\n")
    assert codes(emit_folders(str(generated), NEW)) == []
    assert tree(generated) == published(NEW)


def test_after_a_merge_compiling_again_is_all_that_is_needed(generated):
    emit_folders(str(generated), OLD)
    index = generated / "production/fraud/index.json"
    theirs = NEW["production/fraud"][INDEX_NAME].decode()
    index.write_text(f"<<<<<<< HEAD\n{index.read_text()}=======\n{theirs}>>>>>>> other\n")
    (generated / "production/fraud/a.yaml").write_text("<<<<<<<\n1\n=======\n2\n>>>>>>>\n")
    assert codes(emit_folders(str(generated), NEW)) == []
    assert tree(generated) == published(NEW)


@pytest.mark.parametrize("place", [
    "", "/production", "/production/fraud", "/production/fraud/a.yaml", "/production/fraud/index.json",
    "/production/fraud/docs", "/production/fraud/notes.txt",
], ids=lambda place: f"generated{place}")
@pytest.mark.parametrize("is_dangling", [False, True], ids=["to something", "to nothing"])
def test_a_link_is_refused_and_what_it_leads_to_stays(generated, tmp_path, place, is_dangling):
    emit_folders(str(generated), OLD)
    link, outside = generated.parent / f"generated{place}", tmp_path / "outside"
    if link.exists():
        link.rename(outside)
    else:
        outside.write_text("secret")
    if is_dangling:
        outside = outside.rename(tmp_path / "elsewhere").parent / "outside"
    link.symlink_to(outside)
    before = stamps(tmp_path)
    report = emit_folders(str(generated), NEW)
    assert codes(report) == [("error", "emit/symlink")]
    assert report.diagnostics[0].span.file == str(link)
    assert stamps(tmp_path) == before


@pytest.mark.parametrize("place", ["production", "production/fraud", "production/fraud/notes"])
def test_a_pipe_is_refused_without_waiting_for_it(generated, place):
    generated.joinpath(place).parent.mkdir(parents=True)
    os.mkfifo(generated / place)
    assert codes(emit_folders(str(generated), NEW)) == [("error", "emit/not-a-file")]


@pytest.mark.parametrize(("put", "code"), [
    pytest.param(lambda path: path.symlink_to("/dev/zero"), "emit/symlink", id="a link to what never ends"),
    pytest.param(os.mkfifo, "emit/foreign-file", id="a pipe that nobody writes to"),
])
def test_what_is_swapped_in_after_the_look_is_neither_followed_nor_waited_for(generated, monkeypatch, put, code):
    emit_folders(str(generated), OLD)
    (generated / "production/fraud/c.yaml").write_text("mine")
    entries = fs.entries

    def swapped_afterwards(descriptor):
        found = entries(descriptor)
        if ("c.yaml", "file") in found:
            (generated / "production/fraud/c.yaml").unlink(missing_ok=True)
            put(generated / "production/fraud/c.yaml")
        return found
    monkeypatch.setattr(fs, "entries", swapped_afterwards)
    new = {"production/fraud": made(a_yaml="2", c_yaml="3"), **SAME}
    assert codes(emit_folders(str(generated), new)) == [("error", code)]


@pytest.mark.parametrize("name", ["..", ".", "", "a b", "UPPER", ".git"])
def test_a_folder_that_only_looks_like_a_leftover_of_ours_is_left_alone(generated, name):
    for above in ("", "production"):
        (generated / above / f".mlproject-stage-{name}").mkdir(parents=True)
        (generated / above / f".mlproject-stage-{name}" / "evil.yaml").write_text("evil")
    before = tree(generated.parent)
    emit_folders(str(generated), {**NEW, "repository": made(a_yaml="1")})
    after = tree(generated.parent)
    assert {path: after[path] for path in before} == before
    assert not [path for path in after.keys() - before.keys() if "evil" in path]


def test_folders_nested_without_end_are_refused(generated):
    (generated / "production/fraud" / "/".join("a" * 200)).mkdir(parents=True)
    assert codes(emit_folders(str(generated), NEW)) == [("error", "emit/not-a-file")]


def test_an_output_file_with_a_second_name_is_replaced_not_written_through(generated, tmp_path):
    emit_folders(str(generated), OLD)
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (generated / "production/fraud/a.yaml").unlink()
    (generated / "production/fraud/a.yaml").hardlink_to(secret)
    emit_folders(str(generated), NEW)
    assert secret.read_text() == "secret"
    assert tree(generated) == published(NEW)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077], ids=oct)
def test_modes_do_not_depend_on_the_umask(generated, umask):
    before = os.umask(umask)
    try:
        emit_folders(str(generated), OLD)
        emit_folders(str(generated), NEW)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(path.lstat().st_mode) for path in generated.rglob("*") if path.is_file()}
    folders = {stat.S_IMODE(path.lstat().st_mode) for path in [generated, *generated.rglob("*")] if path.is_dir()}
    assert (modes, folders) == ({0o644}, {0o755})


@pytest.mark.parametrize("folders", [
    pytest.param({"../x": made()}, id="a folder that leads out"),
    pytest.param({"/x": made()}, id="an absolute folder"),
    pytest.param({"a/b/c": made()}, id="a folder three levels deep"),
    pytest.param({".git": made()}, id="a hidden folder"),
    pytest.param({"a\n": made()}, id="a line break"),
    pytest.param({"": made()}, id="no name"),
    pytest.param({"a": made(), "a/b": made()}, id="a folder in another"),
    pytest.param({"a/b": {"x.yaml": b""}}, id="no index"),
    pytest.param({"a/b": {**made(a_yaml="1"), "x.yaml": b""}}, id="a file that the index does not name"),
    pytest.param({"a/b": {INDEX_NAME: made(a_yaml="1")[INDEX_NAME]}}, id="a file that is only in the index"),
    pytest.param({"a/b": made(**{"..__x": "1"})}, id="a file that leads out"),
])
def test_what_cannot_be_a_folder_is_our_bug_and_nothing_is_written(generated, folders):
    with pytest.raises(ValueError, match=r"."):
        emit_folders(str(generated), folders)
    assert not generated.parent.exists()
