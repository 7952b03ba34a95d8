"""Hold generated/ against its own indexes: every file listed, every listed file there and unchanged."""

from collections.abc import Iterator, Mapping

from compiler.diagnostics.diagnostic import Diagnostic, ordered
from compiler.emit import fs
from compiler.emit.directory import Directory, read_file, walk
from compiler.emit.index import INDEX_NAME, Index, read_index
from compiler.emit.lock import LOCK_FILE_NAME, find_generated
from compiler.emit.place_error import PlaceError, Reporting, finding
from compiler.provenance import codes
from compiler.records import NamedTuple
from compiler.source.digests import sha256_hex

NOT_OURS = frozenset({"README.md", LOCK_FILE_NAME})
"""Files directly below generated/ that no index lists."""
_EXECUTABLE, _BY_EVERYONE = 0o111, 0o002


class Tree(NamedTuple):
    """What is below generated/: each index with the digest of its bytes, by folder, and what is wrong."""

    indexes: Mapping[str, Index]
    digests: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def compilers(self) -> tuple[str, ...]:
        """Return the versions of the compiler that wrote it."""
        return tuple(sorted({index.compiler for index in self.indexes.values()}))


def look(generated: str) -> Tree:
    """Return the indexes of a generated folder, and every file that is not as they say."""
    try:
        with Reporting(generated):
            root = find_generated(generated)
            if root is None:
                return Tree({}, {}, (finding(codes.MISSING, "there is no such folder", generated,
                                             help="run `mlproject compile`"),))
            with root:
                return _look(root)
    except PlaceError as failure:
        return Tree({}, {}, (failure.diagnostic,))


def _look(root: Directory) -> Tree:
    found: list[Diagnostic] = []
    contents: dict[str, str] = {}
    indexes: dict[str, Index] = {}
    for path, kind in walk(root):
        if kind == "directory":
            continue
        if kind != "file":
            found.append(_said(root, codes.NOT_A_FILE, path, f"this is a {kind}, expected a regular file"))
            continue
        content = read_file(root, path)
        contents[path] = sha256_hex(content)
        found += _mode(root, path)
        folder, _, name = path.rpartition("/")
        index = read_index(content) if name == INDEX_NAME and folder else None
        if index is not None:
            indexes[folder] = index
    found += _differences(root, indexes, contents)
    digests = {folder: contents[f"{folder}/{INDEX_NAME}"] for folder in sorted(indexes)}
    return Tree(dict(sorted(indexes.items())), digests, ordered(found))


def _differences(root: Directory, indexes: Mapping[str, Index], contents: Mapping[str, str]) -> Iterator[Diagnostic]:
    listed = {f"{folder}/{name}": digest for folder, index in indexes.items() for name, digest in index.files.items()}
    known = {*listed, *(f"{folder}/{INDEX_NAME}" for folder in indexes), *NOT_OURS}
    for path, digest in listed.items():
        if path not in contents:
            yield _said(root, codes.MISSING, path, "its index lists this file, and it is not there")
        elif contents[path] != digest:
            yield _said(root, codes.CHANGED, path, "this is not the file that its index lists")
    for path in contents.keys() - known:
        yield _said(root, codes.UNLISTED, path, "no index lists this file, and what stands here is applied")


def _mode(root: Directory, path: str) -> Iterator[Diagnostic]:
    with _parent(root, path) as parent:
        mode = fs.status(path.rpartition("/")[2], parent.descriptor).st_mode & 0o7777
    if mode & (_EXECUTABLE | _BY_EVERYONE | 0o7000):
        yield _said(root, codes.MODE, path, f"its mode is {mode:04o}, expected 0644")


def _parent(root: Directory, path: str) -> Directory:
    folder = root.again()
    for name in path.split("/")[:-1]:
        with folder:
            inner = folder.child(name)
        folder = inner
    return folder


def _said(root: Directory, code: str, path: str, message: str) -> Diagnostic:
    return finding(code, message, f"{root.place}/{path}", help="see what changed it, then run `mlproject compile`")
