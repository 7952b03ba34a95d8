"""Opening files: only what is really there, really a file, and really inside."""

import errno
import os

import pytest

from compiler.source import codes
from compiler.source.files import read_file
from compiler.source.read import MAX_BYTES

CANARY = "canary-3f9a"


def code_of(path, **options):
    content, problems = read_file(str(path), **options)
    assert content is None
    assert CANARY not in repr(problems)
    assert problems[0].span.file == str(path)
    assert problems[0].help
    return problems[0].code


def test_a_file_is_read(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"a: 1\n")
    assert read_file(str(tmp_path / "a.yaml")) == (b"a: 1\n", ())


def test_an_empty_file_is_read(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"")
    assert read_file(str(tmp_path / "a.yaml")) == (b"", ())


def test_the_limit_is_a_mebibyte(tmp_path):
    (tmp_path / "full").write_bytes(b"#" * MAX_BYTES)
    (tmp_path / "over").write_bytes(CANARY.encode() + b"#" * MAX_BYTES)
    assert read_file(str(tmp_path / "full"))[1] == ()
    assert code_of(tmp_path / "over") == codes.TOO_LARGE


def test_missing(tmp_path):
    assert code_of(tmp_path / "nothing") == codes.MISSING


def test_links_are_not_followed(tmp_path):
    (tmp_path / "secret").write_text(CANARY)
    (tmp_path / "link").symlink_to("secret")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    assert {code_of(tmp_path / name) for name in ("link", "dangling", "loop")} == {codes.LINK}


def test_what_is_no_regular_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert code_of(tmp_path / "pipe") == codes.NOT_A_FILE
    assert code_of(tmp_path) == codes.NOT_A_FILE
    assert code_of("/dev/zero") == codes.NOT_A_FILE


@pytest.mark.skipif(not os.path.exists("/proc/self/environ"), reason="this system has no /proc")
def test_files_that_the_kernel_makes_up_are_refused():
    assert code_of("/proc/self/environ") == codes.NOT_A_FILE


def test_no_permission_is_the_machines_fault(tmp_path, monkeypatch):
    (tmp_path / "a").write_text(CANARY)
    (tmp_path / "a").chmod(0)
    if os.geteuid() == 0:
        # Root may read everything; the refusal that others meet is put in its place.
        monkeypatch.setattr(os, "open", _refuse)
    assert code_of(tmp_path / "a") == codes.UNREADABLE


def _refuse(path, *_arguments, **_keywords):
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)


def test_a_name_that_no_file_can_have(tmp_path):
    assert code_of("a\0b") == codes.OUTSIDE


@pytest.mark.parametrize("path", ["/etc/hostname", "../secret", "in/../../secret", "", ".", "link/a", "in/link"])
def test_nothing_outside_is_read(tmp_path, path):
    root = tmp_path / "root"
    (root / "in").mkdir(parents=True)
    (tmp_path / "secret").write_text(CANARY)
    (tmp_path / "a").write_text(CANARY)
    (root / "link").symlink_to("..")
    (root / "in" / "link").symlink_to("../../secret")
    assert code_of(path, below=str(root)) in {codes.OUTSIDE, codes.LINK}


def test_a_file_below_a_root_is_read(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_bytes(b"x")
    assert read_file("in/a", below=str(tmp_path)) == (b"x", ())
    assert code_of("in/a/b", below=str(tmp_path)) == codes.NOT_A_FILE


def test_no_descriptor_is_left_open(tmp_path):
    (tmp_path / "a").write_text("x")
    os.mkfifo(tmp_path / "pipe")
    before = os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd") else []
    for name in ("a", "pipe", "nothing", "a/b"):
        read_file(str(tmp_path / name))
        read_file(name, below=str(tmp_path))
    after = os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd") else []
    assert len(after) == len(before)
