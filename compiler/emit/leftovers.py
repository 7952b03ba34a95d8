"""Removing what is no longer published: the tree that was exchanged away, or what a killed run left behind.

Both stand beside the folder under its stage name.  What the index in there names is ours and goes.  Any
other file was carried over when the stage was made; it goes too, unless it came or changed since: then it
moves into the folder, because nothing that is not ours is ever lost.
"""

from collections.abc import Iterable

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.emit import codes, fs
from compiler.emit.directory import (
    Directory,
    changed_at,
    find_parent,
    move_file,
    read_file,
    remove,
    remove_if_empty,
    remove_if_there,
    walk,
)
from compiler.emit.index import INDEX_NAME, UNION_NAME, owned_names
from compiler.emit.names import COPY_NAME, STAGE_PREFIX, is_stage_name, stage_name
from compiler.emit.place_error import PlaceError, Reporting, leftover


def sweep(root: Directory, folders: Iterable[str]) -> list[Diagnostic]:
    """Remove what killed runs left beside these folders, or theirs; return what could not be removed."""
    found: list[Diagnostic] = []
    for folder in sorted({folder.rpartition("/")[0] + "/" for folder in folders}):
        with Reporting(f"{root.place}/{folder}".rstrip("/")):
            parent = find_parent(root, folder.lstrip("/"))
            if parent is not None:
                with parent:
                    for name, _ in fs.entries(parent.descriptor):
                        if is_stage_name(name):
                            found += _attempt(parent, name)
    return found


def clear(root: Directory, folders: Iterable[str]) -> list[Diagnostic]:
    """Remove what stands under the stage names of these folders; return what could not be removed."""
    found: list[Diagnostic] = []
    for folder in folders:
        try:
            parent = find_parent(root, folder)
        except (OSError, PlaceError):
            # The folder is out of reach, which the caller knows by now; the next run sweeps.
            continue
        if parent is not None:
            with parent:
                found += _attempt(parent, stage_name(folder))
    return found


def drop_empty_parents(root: Directory, folders: Iterable[str]) -> None:
    """Remove the directories above these folders that nothing is left in."""
    for above in sorted({folder.rpartition("/")[0] for folder in folders} - {""}):
        try:
            remove_if_empty(root, above)
        except OSError:
            # An empty directory does no harm, and Git does not see it.
            continue


def _attempt(parent: Directory, stage: str) -> list[Diagnostic]:
    try:
        _retire(parent, stage)
    except FileNotFoundError:
        return []
    except OSError as failure:
        return [leftover(f"{parent.place}/{stage}", failure)]
    except PlaceError as failure:
        return [failure.diagnostic]
    return []


def _retire(parent: Directory, stage: str) -> None:
    try:
        old = parent.child(stage)
    except PlaceError as failure:
        if failure.diagnostic.code not in codes.UNSAFE:
            raise
        # A link or a file under a name of ours: it goes, and what a link leads to stays.
        fs.unlink(stage, parent.descriptor)
        return
    with old:
        owned = _owned(old)
        for path, kind in walk(old):
            if kind == "file" and path not in owned and path.rpartition("/")[2] != COPY_NAME:
                _rescue(old, parent, stage.removeprefix(STAGE_PREFIX), path)
            elif path != INDEX_NAME:
                remove(old, path, kind)
        # Last: until the rest is gone, it says what of the rest is ours.
        remove_if_there(old, INDEX_NAME)
    fs.remove_directory(stage, parent.descriptor)


def _owned(old: Directory) -> frozenset[str]:
    try:
        return owned_names(read_file(old, INDEX_NAME)) | {UNION_NAME}
    except FileNotFoundError:
        return frozenset({UNION_NAME})


def _rescue(old: Directory, parent: Directory, name: str, path: str) -> None:
    """Remove a foreign file, or move it to the folder when that lacks it or has an older one."""
    with parent.ensure(name) as live:
        published, retired = changed_at(live, path), changed_at(old, path)
        if published is None or (retired is not None and retired > published):
            move_file(old, live, path)
        else:
            remove(old, path, "file")
