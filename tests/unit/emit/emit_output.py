"""A folder of output to write and to look at, for the tests of this room."""

import os
from pathlib import Path

from compiler.emit.index import with_index


def made(**files):
    """Return files with their index; `__` in a name stands for `/`, `_` for a dot."""
    named = {name.replace("__", "/").replace("_", "."): text.encode() for name, text in files.items()}
    return with_index(named, compiler="1", inputs={})


def tree(top):
    """Return every file below top with its bytes, and `->` with its target for a link."""
    found = {}
    for above, folders, files in os.walk(top):
        for name in files + folders:
            path = Path(above, name)
            if path.is_symlink():
                found[str(path.relative_to(top))] = f"-> {path.readlink()}"
            elif path.is_file():
                found[str(path.relative_to(top))] = path.read_bytes()
    return found


def stamps(top):
    """Return inode, mode and times of everything below top."""
    return {path: (status.st_ino, status.st_mode, status.st_mtime_ns, status.st_ctime_ns)
            for path in sorted([Path(top), *Path(top).rglob("*")]) for status in [path.lstat()]}


def codes(report):
    """Return severity and code of what a report has to say."""
    return [(found.severity, found.code) for found in report.diagnostics]
