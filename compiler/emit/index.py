"""The index of a folder: which files are ours, and what they were made of.

`index.json` alone holds versions and hashes, so that a new version of the compiler that says the same thing
changes one file of a folder.  It is also what makes a file ours: nothing else is ever removed.
"""

import re
from collections.abc import Iterable, Mapping

from compiler.emit.names import is_file_path
from compiler.records import NamedTuple
from compiler.source.digests import sha256_hex

INDEX_NAME = "index.json"
FORMAT = 1

# The index of an old and a new tree together, on its way into a folder; no file of ours is hidden.
UNION_NAME = ".index-union.json"

_ENTRY = r'(?m)^\s*"([^"\\]+)": "[0-9a-f]{64}",?\s*$'


class Index(NamedTuple):
    """What an index says; the hashes are SHA-256 in hexadecimal digits."""

    compiler: str
    inputs: Mapping[str, str]
    files: Mapping[str, str]


def with_index(files: Mapping[str, bytes], *, compiler: str, inputs: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return files and the index that names them, ready for `emit_folders`."""
    hashes = Index(compiler, _hashed(inputs), _hashed(files))
    return {**files, INDEX_NAME: build_index(hashes)}


def build_index(index: Index) -> bytes:
    """Return the bytes of an index: sorted, ASCII, one entry a line, a newline at the end."""
    import json
    content = {"format": FORMAT, "compiler": index.compiler, "inputs": dict(index.inputs),
               "files": dict(index.files)}
    return (json.dumps(content, indent=2, sort_keys=True) + "\n").encode()


def read_index(data: bytes) -> Index | None:
    """Return what an index says, or None when data is not one that we could have written."""
    import json
    try:
        content = json.loads(data)
        index = Index(content["compiler"], content["inputs"], content["files"])
        is_ours = content["format"] == FORMAT and build_index(index) == data
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return index if is_ours and all(is_file_path(path) for path in index.files) else None


def owned_names(data: bytes) -> frozenset[str]:
    """Return the files that an index calls ours, even if a merge has left its conflict marks in it.

    After a merge, compiling again must be all that is needed: what either side wrote is ours.
    """
    text = data.decode("utf-8", "replace")
    # Sorted keys put `files` before `format` and `inputs`; names of inputs are not files of this folder.
    listed = text.partition('"files"')[2].partition('"inputs"')[0]
    return frozenset(name for name in re.findall(_ENTRY, listed) if is_file_path(name)) | {INDEX_NAME}


def union_index(removed: Iterable[str], files: Mapping[str, bytes]) -> bytes:
    """Return an index that calls ours what a folder gains and what it loses."""
    wanted = owned_names(files[INDEX_NAME]) if INDEX_NAME in files else frozenset()
    return build_index(Index("", {}, dict.fromkeys((*removed, *wanted), "0" * 64)))


def _hashed(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {name: sha256_hex(contents[name]) for name in sorted(contents)}
