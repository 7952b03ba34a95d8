"""What a compile would change: `compile --check` and `compile --diff`.  Nothing is written."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.diagnostics.visible import visible
from compiler.emit.directory import Directory, read_file
from compiler.emit.index import INDEX_NAME, read_index
from compiler.emit.lock import find_generated
from compiler.emit.place_error import PlaceError, Reporting
from compiler.emit.prune import unwanted_folders
from compiler.emit.publish import Draft, find_folder, inspect
from compiler.records import NamedTuple
from compiler.source.digests import sha256_hex

_LOOKS = 10

ChangeKind = Literal["missing", "stale", "edited", "leftover", "foreign"]


class Change(NamedTuple):
    """One file that is not as a compile would leave it.

    `missing` is to be written, `stale` was written for another spec, `edited` by a hand (it is not what its
    index says), `leftover` is ours and no longer wanted, `foreign` is not ours: a compile leaves it, or stops
    if one of ours has to stand there. `before` is None where there is no file and for a foreign one, `after`
    where there will be none.
    """

    folder: str
    path: str
    kind: ChangeKind
    before: bytes | None = None
    after: bytes | None = None


class Comparison(NamedTuple):
    """The changes, by folder and path, and what kept folders from being compared."""

    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]


def compare(generated: str, folders: Mapping[str, Mapping[str, bytes]], *,
            wanted: Collection[str] | None = None) -> Comparison:
    """Return what `emit_folders` would change, and with wanted what `prune_folders` would."""
    try:
        gone = () if wanted is None else unwanted_folders(generated, wanted)
        targets: dict[str, Mapping[str, bytes]] = {folder: {} for folder in gone}
        changes = _all_changes(generated, {**targets, **folders})
    except PlaceError as failure:
        return Comparison((), (failure.diagnostic,))
    return Comparison(tuple(sorted(changes, key=lambda change: change[:2])), ())


def unified_diff(changes: Iterable[Change], *, generated: str = "generated") -> str:
    """Return the changes as a unified diff for people: what a terminal would obey is written as an escape."""
    return "".join(f"{line}\n" for change in changes for line in _diff(change, generated))


def _all_changes(generated: str, folders: Mapping[str, Mapping[str, bytes]]) -> list[Change]:
    with Reporting(generated):
        root = find_generated(generated)
        if root is None:
            return [Change(folder, path, "missing", None, folders[folder][path])
                    for folder in folders for path in folders[folder]]
        with root:
            return [change for folder in folders for change in _changes(root, folder, folders[folder])]


def _changes(root: Directory, folder: str, files: Mapping[str, bytes]) -> Iterator[Change]:
    draft = _inspect_unlocked(root, folder, files)
    for path in draft.foreign:
        yield Change(folder, path, "foreign")
    for path in draft.collisions:
        if path in files:
            yield Change(folder, path, "foreign", None, files[path])
    if draft.is_current:
        return
    with Reporting(f"{root.place}/{folder}"):
        before = _contents(root, draft)
    edited = _edited(before)
    for path in (*draft.changed, *draft.removed):
        if path not in draft.collisions:
            kind = _kind(path not in draft.missing, path in files, path in edited)
            yield Change(folder, path, kind, before.get(path), files.get(path))


def _inspect_unlocked(root: Directory, folder: str, files: Mapping[str, bytes]) -> Draft:
    """Inspect a folder again while another process exchanges it under our eyes."""
    for _ in range(_LOOKS - 1):
        try:
            return inspect(root, folder, files)
        except PlaceError as failure:
            if not isinstance(failure.__cause__, FileNotFoundError):
                raise
    return inspect(root, folder, files)


def _kind(is_there: bool, is_wanted: bool, is_edited: bool) -> ChangeKind:
    if not is_there:
        return "missing"
    if is_edited:
        return "edited"
    return "stale" if is_wanted else "leftover"


def _contents(root: Directory, draft: Draft) -> dict[str, bytes]:
    """Return the files of a folder that are ours and would change; one may vanish while we look."""
    contents: dict[str, bytes] = {}
    found = find_folder(root, draft.folder)
    if found is None:
        return contents
    with found:
        for path in sorted({INDEX_NAME, *draft.changed, *draft.removed}.difference(draft.missing)):
            try:
                contents[path] = read_file(found, path)
            except FileNotFoundError:
                continue
    return contents


def _edited(before: Mapping[str, bytes]) -> frozenset[str]:
    index = read_index(before.get(INDEX_NAME, b""))
    hashes = index.files if index else {}
    return frozenset(path for path, data in before.items()
                     if path in hashes and sha256_hex(data) != hashes[path])


def _diff(change: Change, generated: str) -> Iterator[str]:
    import difflib
    if change.kind == "foreign":
        return
    name = visible(f"{generated}/{change.folder}/{change.path}")
    old = "/dev/null" if change.before is None else f"a/{name}"
    new = "/dev/null" if change.after is None else f"b/{name}"
    yield from difflib.unified_diff(_lines(change.before), _lines(change.after), old, new, lineterm="")


def _lines(data: bytes | None) -> list[str]:
    text = (data or b"").decode("utf-8", "backslashreplace")
    lines = [visible(line) for line in text.split("\n")]
    if not lines[-1]:
        return lines[:-1]
    return [*lines[:-1], f"{lines[-1]}  (no newline at the end)"]
