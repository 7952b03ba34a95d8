"""Publication of one folder: look, prepare a whole new folder beside it, then let the two change places.

At no instant is there a half-written folder: whoever opens it sees the old tree or the new one, also after a
kill, a full disk or a failing one.  Where the system cannot exchange two directories (an overlay file system
cannot for what lies in a lower layer), the files are moved over one by one and the index last: each file is
old or new, `compile --check` refuses the mixture, and the next compile completes it.
"""

import errno
from collections.abc import Iterable, Mapping

from compiler.emit import fs
from compiler.emit.directory import (
    Directory,
    Flush,
    carry_file,
    ensure_parent,
    find_parent,
    move_file,
    not_a_file,
    read_file,
    remove,
    remove_if_empty,
    remove_if_there,
    symlink,
    walk,
    write_file,
)
from compiler.emit.index import INDEX_NAME, UNION_NAME, owned_names, union_index
from compiler.emit.names import parents, stage_name
from compiler.emit.place_error import Reporting
from compiler.records import NamedTuple

_CANNOT_EXCHANGE = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EXDEV)


class Draft(NamedTuple):
    """What a folder holds, beside what it should hold; every tuple is sorted.

    `changed` are files to write, `missing` those of them that are not there, `removed` ours that are no
    longer wanted, `foreign` what the index does not name, `collisions` those of them that stand where one of
    ours has to.
    """

    folder: str
    is_new: bool
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    collisions: tuple[str, ...] = ()

    @property
    def is_current(self) -> bool:
        """Tell whether nothing is to be written or removed."""
        return not self.changed and not self.removed


def inspect(root: Directory, folder: str, files: Mapping[str, bytes]) -> Draft:
    """Compare a folder with what it should hold; nothing is written."""
    with Reporting(f"{root.place}/{folder}"):
        found = find_folder(root, folder)
        if found is None:
            every = tuple(sorted(files))
            return Draft(folder, True, every, every)
        with found:
            return _inspect(found, folder, files)


def stage(root: Directory, draft: Draft, files: Mapping[str, bytes], flush: Flush) -> None:
    """Prepare the new folder under its stage name: files, and what is not ours in the old one."""
    with (Reporting(f"{root.place}/{draft.folder}"), ensure_parent(root, draft.folder) as parent,
          parent.create(stage_name(draft.folder)) as staged):
        # The index comes first: whatever a killed run leaves here is known as ours.
        for path in sorted(files, key=lambda path: (path != INDEX_NAME, path)):
            write_file(staged, path, files[path], flush)
        if draft.foreign:
            with parent.child(_name(draft.folder)) as live:
                for path in draft.foreign:
                    carry_file(live, staged, path, flush)
        _flush_directories(staged, flush)


def swap(root: Directory, draft: Draft, files: Mapping[str, bytes], flush: Flush) -> None:
    """Put the prepared folder in its place; the old one then has the stage name."""
    name, staged = _name(draft.folder), stage_name(draft.folder)
    with Reporting(f"{root.place}/{draft.folder}"), ensure_parent(root, draft.folder) as parent:
        if draft.is_new:
            fs.rename(staged, parent.descriptor, name, parent.descriptor)
        else:
            try:
                fs.exchange(staged, name, parent.descriptor)
            except OSError as failure:
                if failure.errno not in _CANNOT_EXCHANGE:
                    raise
                with parent.child(name) as live, parent.child(staged) as new:
                    _replace_each(live, new, draft, files, flush)
        flush(parent.descriptor)


def take_away(root: Directory, draft: Draft, flush: Flush) -> None:
    """Move a folder with nothing foreign to its stage name; where that cannot be, remove its files."""
    name = _name(draft.folder)
    with Reporting(f"{root.place}/{draft.folder}"), ensure_parent(root, draft.folder) as parent:
        try:
            fs.rename(name, parent.descriptor, stage_name(draft.folder), parent.descriptor)
        except OSError as failure:
            if failure.errno not in _CANNOT_EXCHANGE:
                raise
            with parent.child(name) as live:
                _remove_each(live, draft.removed)
                remove_if_there(live, INDEX_NAME)
            remove_if_empty(parent, name)
        flush(parent.descriptor)


def find_folder(root: Directory, folder: str) -> Directory | None:
    """Open a folder of the output, or return None when there is none."""
    parent = find_parent(root, folder)
    if parent is None:
        return None
    with parent:
        return parent.find(_name(folder))


def _name(folder: str) -> str:
    return folder.rpartition("/")[2]


def _inspect(found: Directory, folder: str, files: Mapping[str, bytes]) -> Draft:
    present = frozenset(_present(found))
    same = {path for path in present & files.keys() if _holds(found, path, files[path])}
    changed = files.keys() - same
    # An index that is as it should be names what it should.
    owned = _owned(found, present) if INDEX_NAME not in same else frozenset(files)
    foreign = present - owned - files.keys()
    return Draft(folder, False, *(tuple(sorted(paths)) for paths in (
        changed, files.keys() - present, same, (present & owned) - files.keys(), foreign,
        ((present & changed) - owned) | _in_the_way(foreign, files))))


def _holds(found: Directory, path: str, data: bytes) -> bool:
    return read_file(found, path, limit=len(data)) == data


def _present(found: Directory) -> Iterable[str]:
    for path, kind in walk(found):
        if kind == "file":
            yield path
        elif kind != "directory":
            raise (symlink if kind == "symlink" else not_a_file)(f"{found.place}/{path}")


def _owned(found: Directory, present: frozenset[str]) -> frozenset[str]:
    return owned_names(read_file(found, INDEX_NAME)) if INDEX_NAME in present else frozenset()


def _in_the_way(foreign: Iterable[str], files: Mapping[str, bytes]) -> set[str]:
    """Return foreign files that stand where a folder of ours has to, or below where a file of ours has to."""
    folders = {above for path in files for above in parents(path)}
    return {path for path in foreign if path in folders or not files.keys().isdisjoint(parents(path))}


def _flush_directories(staged: Directory, flush: Flush) -> None:
    for path, kind in fs.entries(staged.descriptor):
        if kind == "directory":
            with staged.child(path) as inner:
                _flush_directories(inner, flush)
    flush(staged.descriptor)


def _replace_each(live: Directory, new: Directory, draft: Draft, files: Mapping[str, bytes],
                  flush: Flush) -> None:
    """Move the files over one by one; an index of both trees stands there meanwhile: each stays ours."""
    write_file(new, UNION_NAME, union_index(draft.removed, files), flush)
    fs.rename(UNION_NAME, new.descriptor, INDEX_NAME, live.descriptor)
    # A file of ours may stand where a folder has to, or the other way round: what goes goes first.
    _remove_each(live, draft.removed)
    for path in draft.changed:
        if path != INDEX_NAME:
            move_file(new, live, path)
    if INDEX_NAME in files:
        move_file(new, live, INDEX_NAME)
    else:
        remove_if_there(live, INDEX_NAME)
    flush(live.descriptor)


def _remove_each(live: Directory, paths: Iterable[str]) -> None:
    for path in paths:
        if path != INDEX_NAME:
            remove(live, path, "file")
    for above in sorted({above for path in paths for above in parents(path)}, reverse=True):
        remove_if_empty(live, above)
