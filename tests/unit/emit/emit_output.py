"""A folder of output to write and to look at, for the tests of this room."""

import os
from pathlib import Path

from compiler.emit.index import with_index


def made(**files):
    """Return files with their index; `__` in a name stands for `/`, `_` for a dot."""
    named = {name.replace("__", "/").replace("_", "."): text.encode() for name, text in files.items()}
    return with_index(named, compiler="1", inputs={})


SAME = {"dev/fraud": made(a_yaml="d\n")}
OLD = {"production/fraud": made(a_yaml="1\n", docs__run_md="run\n", gone__b_yaml="b\n"), **SAME}
NEW = {"production/fraud": made(a_yaml="2\n", docs__run_md="run\n", new__c_yaml="c\n"), **SAME}


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


def published(folders):
    """Return the tree that these folders are, as `tree` returns it."""
    return {f"{folder}/{path}": data for folder, files in folders.items() for path, data in files.items()}


def refuse(number):
    """Return a call that fails with that error number."""
    def fail(*_):
        raise OSError(number, os.strerror(number))
    return fail
