"""Writing generated/: every folder of a compile, or none when any of them cannot be prepared."""

from collections.abc import Mapping, Sequence

from compiler.diagnostics.diagnostic import Diagnostic, ordered
from compiler.emit import codes, fs
from compiler.emit.directory import Directory, Flush
from compiler.emit.index import INDEX_NAME, read_index
from compiler.emit.leftovers import clear, drop_empty_parents, sweep
from compiler.emit.lock import WriterLock, make_generated
from compiler.emit.names import check_files, check_folders
from compiler.emit.place_error import PlaceError, Reporting, finding
from compiler.emit.publish import Draft, inspect, stage, swap
from compiler.records import NamedTuple

WAIT_SECONDS = 30

# Up to this many files each is waited for until it is on the disk, so that a loss of power cannot leave the
# new tree half written where the old one was whole.  For more files all are waited for at once: one by one
# takes longer than everything else.
_FLUSHED_ONE_BY_ONE = 100


class FolderReport(NamedTuple):
    """What became of one folder: paths of files, sorted.  `foreign` were left as they are."""

    folder: str
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


class EmitReport(NamedTuple):
    """What became of each folder, by name; a folder that is missing here is as it was."""

    folders: tuple[FolderReport, ...]
    diagnostics: tuple[Diagnostic, ...]


def emit_folders(generated: str, folders: Mapping[str, Mapping[str, bytes]], *,
                 wait_seconds: float = WAIT_SECONDS) -> EmitReport:
    """Make each `ENVIRONMENT/PROJECT` below generated hold exactly these files, and what is not ours.

    Each folder holds its index (`with_index`). Nothing is written when everything is as it should be; an
    error before the first exchange changes nothing. Other folders are not touched: see `prune_folders`.
    """
    check_folders(folders)
    for files in folders.values():
        check_files(files)
        _check_index(files)
    if not folders:
        return EmitReport((), ())
    reports: list[FolderReport] = []
    found: list[Diagnostic] = []
    try:
        make_generated(generated)
        with Reporting(generated), WriterLock(generated, wait_seconds=wait_seconds) as root:
            _emit(root, folders, reports, found)
    except PlaceError as failure:
        found.append(failure.diagnostic)
    return EmitReport(tuple(reports), ordered(found))


def _emit(root: Directory, folders: Mapping[str, Mapping[str, bytes]], reports: list[FolderReport],
          found: list[Diagnostic]) -> None:
    found += sweep(root, folders)
    drafts = [inspect(root, folder, folders[folder]) for folder in sorted(folders)]
    collisions = [collision(f"{root.place}/{draft.folder}/{path}")
                  for draft in drafts for path in draft.collisions]
    if collisions:
        found += collisions
        return
    found += foreign_warnings(root, drafts)
    reports += [report_of(draft) for draft in drafts if draft.is_current]
    pending = [draft for draft in drafts if not draft.is_current]
    done: list[Draft] = []
    try:
        found += publish_drafts(root, pending, folders, done)
    finally:
        reports += map(report_of, done)
        reports.sort()


def publish_drafts(root: Directory, drafts: Sequence[Draft], folders: Mapping[str, Mapping[str, bytes]],
                   done: list[Draft]) -> list[Diagnostic]:
    """Stage all drafts, then exchange each; return what could not be removed afterwards.

    Those exchanged are added to done, so that the caller knows them when a PlaceError ends the loop.
    """
    names = [draft.folder for draft in drafts]
    count = sum(len(folders[draft.folder]) for draft in drafts if not draft.is_new)
    flushes = {draft.folder: _flush_of(draft, count) for draft in drafts}
    try:
        for draft in drafts:
            stage(root, draft, folders[draft.folder], flushes[draft.folder])
        _flush_all(count)
        for draft in drafts:
            swap(root, draft, folders[draft.folder], flushes[draft.folder])
            done.append(draft)
        _flush_all(count)
    except BaseException:
        # What this could not remove is not news: the next compile removes it, or says why not.
        clear(root, names)
        drop_empty_parents(root, names)
        raise
    return clear(root, names)


def foreign_warnings(root: Directory, drafts: Sequence[Draft]) -> list[Diagnostic]:
    """Return a warning for each file that is not ours: a GitOps controller applies it all the same."""
    return [finding(codes.FOREIGN_FILE, "this file was not written by the compiler; it is left as it is",
                    f"{root.place}/{draft.folder}/{path}", severity="warning",
                    help="move it out of the generated folder: what stands here is applied to the cluster")
            for draft in drafts for path in draft.foreign]


def collision(place: str) -> Diagnostic:
    """Return the refusal to write over a file that is not ours."""
    return finding(codes.FOREIGN_FILE, "this file was not written by the compiler, and one of ours has to "
                   "stand here", place, help="move it away, or delete it, and compile again")


def _check_index(files: Mapping[str, bytes]) -> None:
    index = read_index(files.get(INDEX_NAME, b""))
    if index is None or index.files.keys() != files.keys() - {INDEX_NAME}:
        raise ValueError("a folder holds an index that names each of its files")


def report_of(draft: Draft) -> FolderReport:
    """Return what became of a folder whose draft was carried out."""
    return FolderReport(draft.folder, draft.changed, draft.unchanged, draft.removed, draft.foreign)


def _flush_of(draft: Draft, count: int) -> Flush:
    """Return how to wait for the files of a draft; where there is no old tree, there is none to protect."""
    return fs.sync if count <= _FLUSHED_ONE_BY_ONE and not draft.is_new else _flush_later


def _flush_later(descriptor: int) -> None:
    """Leave it to `_flush_all`, or to the system."""


def _flush_all(count: int) -> None:
    if count > _FLUSHED_ONE_BY_ONE:
        fs.sync_all()
