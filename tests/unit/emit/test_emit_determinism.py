"""The same artifacts give the same tree, whoever compiles them and wherever."""

import os
import subprocess
import sys

import pytest

import compiler

COMPILE = """
import hashlib, os, sys
os.umask(int(sys.argv[2], 8))
from compiler.artifact.artifact import Manifest, TextFile
from compiler.emit.folder import files_of
from compiler.emit.index import with_index
from compiler.emit.tree import emit_folders
texts = {"é", "no", "İı", "\u2028", "12:30", "emoji \U0001f600", "a\\nb"}
body = {"kind": "A", "labels": {text: text for text in sorted(texts)}, "number": 1e-7}
files = files_of([Manifest("serving", body, ()), TextFile("docs/e.md", "é\\n", ())])
folders = {name: with_index(files, compiler="1", inputs=files) for name in {"dev/a", "production/a", "production/b"}}
report = emit_folders(sys.argv[1], folders)
assert not report.diagnostics, report
seen = hashlib.sha256()
for above, inner, names in os.walk(sys.argv[1]):
    inner.sort()
    for name in sorted(names):
        path = os.path.join(above, name)
        seen.update(f"{os.path.relpath(path, sys.argv[1])} {os.stat(path).st_mode:o}".encode())
        seen.update(open(path, "rb").read())
print(seen.hexdigest(), [folder.folder for folder in report.folders])
"""
PLACES = [
    ({"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0", "PYTHONUTF8": "0"}, "022"),
    ({"LC_ALL": "C.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "1", "PYTHONUTF8": "1"}, "077"),
    ({"LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns", "PYTHONHASHSEED": "2", "HOME": "/nowhere"}, "000"),
    ({"LC_ALL": "de_DE", "PYTHONHASHSEED": "3", "CI": "true", "COLUMNS": "20", "NO_COLOR": "1"}, "027"),
]


def compiled(place, folder):
    variables, umask = place
    root = os.path.dirname(os.path.dirname(compiler.__file__))
    script = os.path.join(os.path.dirname(folder), "script.py")
    with open(script, "w", encoding="utf-8") as file:
        file.write(COMPILE)
    done = subprocess.run([sys.executable, script, folder, umask], check=True, capture_output=True, text=True,
                          cwd=os.path.dirname(folder), env={"PYTHONPATH": root, **variables})
    return done.stdout


@pytest.mark.parametrize("place", PLACES[1:], ids=lambda place: f"{place[0].get('LC_ALL')} and umask {place[1]}")
def test_locale_time_zone_hash_seed_and_umask_do_not_show(tmp_path, place):
    odd = tmp_path / "a path with é"
    odd.mkdir()
    assert compiled(PLACES[0], str(tmp_path / "generated")) == compiled(place, str(odd / "generated"))
