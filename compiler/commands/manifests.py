"""Reads manifests that a person names: files, folders, standard input."""

import os
from collections.abc import Iterator, Sequence

from compiler.commands.console import Console
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.source.document import Span

_SUFFIXES = (".yaml", ".yml", ".json")


def read_manifest_files(paths: Sequence[str], console: Console) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """Return the bytes of every file, by path, and what could not be read; `-` is standard input."""
    files: dict[str, bytes] = {}
    faults = []
    for path in paths:
        if path == "-":
            files["-"] = console.standard_input()
            continue
        for file in _files(path):
            try:
                with open(file, "rb") as opened:
                    files[file] = opened.read()
            except OSError as failure:
                faults.append(Diagnostic("source/unreadable", "error", f"this file cannot be read: {failure.strerror}",
                                         help="check the path and the permissions", span=Span(file, 1, 1, 1, 1)))
    return files, tuple(faults)


def _files(path: str) -> Iterator[str]:
    if not os.path.isdir(path):
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders.sort()
        yield from (os.path.join(folder, name) for name in sorted(names) if name.endswith(_SUFFIXES))
