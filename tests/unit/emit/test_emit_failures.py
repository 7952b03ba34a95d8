"""A disk that fails, a system that lacks a call, another compile: said plainly, and nothing half done."""

import errno
import os
import stat
import subprocess
import sys

import pytest
from emit_output import NEW, OLD, codes, made, published, refuse, tree

from compiler.emit import fs
from compiler.emit.tree import emit_folders


@pytest.fixture
def generated(tmp_path):
    return tmp_path / "repository" / "generated"


@pytest.mark.parametrize(("name", "number", "words"), [
    pytest.param("write", errno.ENOSPC, "no space left", id="a full disk"),
    pytest.param("sync", errno.EIO, "input/output error", id="a failing disk"),
    pytest.param("make_directory", errno.EACCES, "permission is denied", id="no permission"),
    pytest.param("create_file", errno.EROFS, "read-only", id="a read-only file system"),
    pytest.param("exchange", errno.EIO, "input/output error", id="a disk that fails at the last moment"),
])
def test_a_failure_says_what_where_and_what_to_do_and_changes_nothing(generated, monkeypatch, name, number, words):
    emit_folders(str(generated), OLD)
    before = tree(generated)
    monkeypatch.setattr(fs, name, refuse(number))
    report = emit_folders(str(generated), NEW)
    assert codes(report) == [("error", "emit/disk")]
    assert words in report.diagnostics[0].message
    assert report.diagnostics[0].span.file == f"{generated}/production/fraud"
    assert report.diagnostics[0].help
    assert tree(generated) == before
    assert [folder.folder for folder in report.folders] == ["dev/fraud"]


def test_a_failure_with_one_folder_leaves_all_as_they_were(generated, monkeypatch):
    both = {"dev/fraud": made(a_yaml="new"), "dev/iris": made(a_yaml="new")}
    emit_folders(str(generated), {"dev/fraud": made(a_yaml="old"), "dev/iris": made(a_yaml="old")})
    before = tree(generated)
    create, calls = fs.create_file, []

    def fail_late(name, at):
        calls.append(name)
        return create(name, at) if len(calls) < 4 else refuse(errno.ENOSPC)()
    monkeypatch.setattr(fs, "create_file", fail_late)
    report = emit_folders(str(generated), both)
    assert report.folders == ()
    assert tree(generated) == before


def test_a_system_without_exchange_gets_the_same_tree(generated, monkeypatch):
    monkeypatch.setattr(fs, "exchange", refuse(errno.EINVAL))
    emit_folders(str(generated), OLD)
    (generated / "production/fraud/mine.txt").write_text("mine")
    emit_folders(str(generated), NEW)
    assert tree(generated) == published(NEW) | {"production/fraud/mine.txt": b"mine"}
    assert not (generated / "production/fraud/gone").exists()


LIBRARY = """
import ctypes, os, sys
from compiler.emit import fs
class Musl:
    def __init__(self, *_, **__): self.syscall = real(None, use_errno=True).syscall
real, ctypes.CDLL = ctypes.CDLL, Musl
os.mkdir("a"); os.mkdir("b"); os.mkdir("a/was-a")
fs.exchange("a", "b", os.open(".", os.O_RDONLY))
assert os.listdir("b") == ["was-a"] and os.listdir("a") == []
"""


@pytest.mark.skipif(sys.platform != "linux" or os.uname().machine not in fs._RENAMEAT2, reason="another system")
def test_two_directories_change_places_without_help_of_the_c_library(tmp_path):
    root = os.path.dirname(os.path.dirname(os.path.dirname(fs.__file__)))
    subprocess.run([sys.executable, "-c", LIBRARY], cwd=tmp_path, check=True, env={"PYTHONPATH": root})


HOLD = """
import sys
from compiler.emit.lock import WriterLock
with WriterLock(sys.argv[1], wait_seconds=0):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(generated):
    generated.mkdir(parents=True)
    root = os.path.dirname(os.path.dirname(os.path.dirname(fs.__file__)))
    with subprocess.Popen([sys.executable, "-c", HOLD, str(generated)], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, env={"PYTHONPATH": root}) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_a_compile_that_waits_too_long_for_another_one_says_so(generated, holder):
    report = emit_folders(str(generated), NEW, wait_seconds=0.1)
    assert codes(report) == [("error", "emit/locked")]
    assert tree(generated) == {}


def test_the_lock_of_a_killed_compile_is_gone_with_it(generated, holder):
    holder.kill()
    holder.wait()
    assert codes(emit_folders(str(generated), NEW, wait_seconds=0)) == []


def test_a_generated_folder_that_was_replaced_while_we_waited_is_locked_anew(generated, monkeypatch):
    generated.mkdir(parents=True)
    lock, locked = fs.lock, []

    def replaced_meanwhile(descriptor):
        if not locked:
            generated.rename(generated.with_name("old"))
            generated.mkdir()
        locked.append(descriptor)
        return lock(descriptor)
    monkeypatch.setattr(fs, "lock", replaced_meanwhile)
    assert codes(emit_folders(str(generated), NEW, wait_seconds=1)) == []
    assert tree(generated) == published(NEW)
    assert len(locked) == 2


def test_a_file_is_locked_where_directories_cannot_be(generated, monkeypatch):
    lock = fs.lock

    def of_files(descriptor):
        return refuse(errno.EBADF)() if stat.S_ISDIR(os.fstat(descriptor).st_mode) else lock(descriptor)
    monkeypatch.setattr(fs, "lock", of_files)
    assert codes(emit_folders(str(generated), NEW, wait_seconds=0)) == []
    assert tree(generated) == published(NEW) | {".mlproject-lock": b""}
