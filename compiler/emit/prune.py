"""Removing the folders of projects and environments that no longer exist.

The caller promises that `wanted` is complete: every folder of every spec of the repository, of broken ones
and of environments that were not selected too.  A compile with errors does not prune at all.  A folder is
removed only if it holds an index that we wrote, and of it only what that index names.
"""

from collections.abc import Collection, Iterator

from compiler.diagnostics.diagnostic import Diagnostic, ordered
from compiler.emit import fs
from compiler.emit.directory import Directory, read_file
from compiler.emit.index import INDEX_NAME, read_index
from compiler.emit.leftovers import clear, drop_empty_parents, sweep
from compiler.emit.lock import WriterLock, find_generated
from compiler.emit.names import check_folders, is_folder_name, is_stage_name
from compiler.emit.place_error import PlaceError, Reporting
from compiler.emit.publish import Draft, inspect, take_away
from compiler.emit.tree import WAIT_SECONDS, FolderReport, foreign_warnings, publish_drafts, report_of
from compiler.records import NamedTuple


class PruneReport(NamedTuple):
    """What was removed of each folder, by name; `foreign` files were left, and their folder with them."""

    folders: tuple[FolderReport, ...]
    diagnostics: tuple[Diagnostic, ...]


def unwanted_folders(generated: str, wanted: Collection[str]) -> tuple[str, ...]:
    """Return the folders that `prune_folders` would remove, sorted; a PlaceError when one cannot be read."""
    with Reporting(generated):
        root = find_generated(generated)
        if root is None:
            return ()
        with root:
            return tuple(_unwanted(root, wanted))


def prune_folders(generated: str, wanted: Collection[str], *,
                  wait_seconds: float = WAIT_SECONDS) -> PruneReport:
    """Remove the folders below generated that we wrote and nobody wants; see above for what wanted must hold.

    Each folder vanishes as a whole, or keeps exactly the files in it that are not ours, which are reported.
    """
    check_folders(wanted)
    done: list[Draft] = []
    found: list[Diagnostic] = []
    try:
        if unwanted_folders(generated, wanted) or _has_leftovers(generated):
            with Reporting(generated), WriterLock(generated, wait_seconds=wait_seconds) as root:
                _prune(root, wanted, done, found)
    except PlaceError as failure:
        found.append(failure.diagnostic)
    return PruneReport(tuple(sorted(map(report_of, done))), ordered(found))


def _prune(root: Directory, wanted: Collection[str], done: list[Draft], found: list[Diagnostic]) -> None:
    hosts = tuple(_hosts(root))
    found += sweep(root, hosts)
    drop_empty_parents(root, hosts)
    folders = tuple(_unwanted(root, wanted))
    drafts = [inspect(root, folder, {}) for folder in folders]
    found += foreign_warnings(root, drafts)
    try:
        for draft in drafts:
            if not draft.foreign:
                take_away(root, draft, fs.sync)
                done.append(draft)
    finally:
        found += clear(root, folders)
        drop_empty_parents(root, folders)
    shared = [draft for draft in drafts if draft.foreign]
    found += publish_drafts(root, shared, {draft.folder: {} for draft in shared}, done)


def _unwanted(root: Directory, wanted: Collection[str]) -> Iterator[str]:
    for above, inner in _directories(root):
        with inner:
            if _is_ours(inner):
                if above not in wanted:
                    yield above
                continue
            for name, folder in _directories(inner):
                with folder:
                    if f"{above}/{name}" not in wanted and _is_ours(folder):
                        yield f"{above}/{name}"


def _has_leftovers(generated: str) -> bool:
    with Reporting(generated):
        root = find_generated(generated)
        if root is None:
            return False
        with root:
            return any(_hosts(root))


def _hosts(root: Directory) -> Iterator[str]:
    """Yield the name of a folder beside which a killed run left something, once for each directory."""
    if _holds_stage(root):
        yield "-"
    for above, inner in _directories(root):
        with inner:
            if _holds_stage(inner):
                yield f"{above}/-"


def _holds_stage(directory: Directory) -> bool:
    return any(is_stage_name(name) for name, _ in fs.entries(directory.descriptor))


def _directories(directory: Directory) -> Iterator[tuple[str, Directory]]:
    for name, kind in fs.entries(directory.descriptor):
        if kind == "directory" and is_folder_name(name):
            yield name, directory.child(name)


def _is_ours(directory: Directory) -> bool:
    try:
        return read_index(read_file(directory, INDEX_NAME)) is not None
    except FileNotFoundError:
        return False
