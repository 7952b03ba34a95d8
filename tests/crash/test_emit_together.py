"""Several processes at once: writers take turns, readers see whole folders, and a swapped link leads nowhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from emit_worker import FOLDERS, version

import compiler
from compiler.emit.names import STAGE_PREFIX
from compiler.emit.tree import emit_folders

WORKER = Path(__file__).with_name("emit_worker.py")
COMPILES = 300


def start(*arguments, **options):
    root = os.path.dirname(os.path.dirname(compiler.__file__))
    return subprocess.Popen([sys.executable, str(WORKER), *map(str, arguments)], env={"PYTHONPATH": root}, **options)


def tree(top):
    return {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*") if path.is_file()}


def stamps(top):
    return {path: (path.lstat().st_ino, path.lstat().st_mode, path.lstat().st_mtime_ns)
            for path in [top, *top.rglob("*")]}


def test_eight_writers_leave_what_one_of_them_leaves_and_readers_see_whole_folders(memory):
    generated = memory / "generated"
    emit_folders(str(generated), version("first"))
    writers = [start("write", generated, f"writer{number}") for number in range(8)]
    readers = [start("read", generated, 400) for _ in range(2)]
    assert [process.wait() for process in writers + readers] == [0] * 10
    outcomes = []
    for number in range(8):
        alone = memory / f"alone{number}"
        emit_folders(str(alone), version(f"writer{number}"))
        outcomes.append(tree(alone))
    assert tree(generated) in outcomes
    assert not [*generated.rglob(f"{STAGE_PREFIX}*")]


def test_eight_writers_of_one_spec_leave_what_one_leaves(memory):
    generated, alone = memory / "generated", memory / "alone"
    emit_folders(str(alone), version("word"))
    writers = [start("write", generated, "word") for _ in range(8)]
    assert [process.wait() for process in writers] == [0] * 8
    assert tree(generated) == tree(alone)


@pytest.fixture
def outside(memory):
    folder = memory / "outside"
    folder.mkdir()
    for name in ("secret", "a.yaml", "same.yaml", "index.json"):
        (folder / name).write_text("secret")
    (folder / "fraud").mkdir()
    (folder / "fraud/same.yaml").write_text("secret")
    return folder


def test_links_that_are_swapped_in_while_we_write_are_never_written_through(memory, outside):
    generated = memory / "generated"
    emit_folders(str(generated), version("first"))
    before = stamps(outside), tree(outside)
    with start("swap", generated, outside, stdout=subprocess.PIPE) as swapper:
        assert swapper.stdout.readline() == b"swapping\n"
        reports = [emit_folders(str(generated), version(f"word{turn % 7}")) for turn in range(COMPILES)]
        swapper.kill()
    assert (stamps(outside), tree(outside)) == before
    said = {found.code for report in reports for found in report.diagnostics}
    # Without one that was refused and one that went through, nothing was raced.
    assert "emit/symlink" in said
    assert any(len(report.folders) == len(FOLDERS) for report in reports)
