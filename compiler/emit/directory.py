"""An open directory, and what emit does below it: never through a link, whoever swaps one in meanwhile."""

import errno
import stat
from collections.abc import Callable, Iterator
from typing import Self

from compiler.emit import codes, fs
from compiler.emit.names import COPY_NAME
from compiler.emit.place_error import PlaceError, finding

# What is larger was not written by us: manifests are text that people review.
MAX_BYTES = 1 << 24

# Each level holds a descriptor open.
MAX_DEPTH = 32

Flush = Callable[[int], None]


class Directory:
    """A directory held by its descriptor; `place` is its path as a person reads it."""

    __slots__ = ("descriptor", "place")

    def __init__(self, descriptor: int, place: str) -> None:
        self.descriptor = descriptor
        self.place = place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close it; a failure is no news, because nothing is written through a directory's descriptor."""
        try:
            fs.close(self.descriptor)
        except OSError:
            return

    def child(self, name: str) -> "Directory":
        """Open a directory in this one; a PlaceError when something else stands there."""
        place = f"{self.place}/{name}"
        try:
            return Directory(fs.open_directory(name, self.descriptor), place)
        except OSError as failure:
            if failure.errno not in (errno.ENOTDIR, errno.ELOOP):
                raise
        is_link = stat.S_ISLNK(fs.status(name, self.descriptor).st_mode)
        raise symlink(place) if is_link else not_a_file(place)

    def find(self, name: str) -> "Directory | None":
        """Open a directory in this one, or return None when nothing stands there."""
        try:
            return self.child(name)
        except FileNotFoundError:
            return None

    def ensure(self, name: str) -> "Directory":
        """Open a directory in this one, created if it is missing."""
        return self.find(name) or self.create(name)

    def create(self, name: str) -> "Directory":
        """Create a directory in this one and open it; an OSError when anything stands there."""
        fs.make_directory(name, self.descriptor)
        made = self.child(name)
        fs.set_mode(made.descriptor, fs.DIRECTORY_MODE)
        return made

    def again(self) -> "Directory":
        """Open this directory a second time."""
        return Directory(fs.open_directory(".", self.descriptor), self.place)


def find_parent(root: Directory, folder: str) -> Directory | None:
    """Open the directory that a folder of the output stands in, or return None when there is none."""
    above = folder.rpartition("/")[0]
    return root.find(above) if above else root.again()


def ensure_parent(root: Directory, folder: str) -> Directory:
    """Open the directory that a folder of the output stands in, created if it is missing."""
    above = folder.rpartition("/")[0]
    return root.ensure(above) if above else root.again()


def walk(directory: Directory, above: str = "") -> Iterator[tuple[str, fs.Kind]]:
    """Yield path and kind of everything below a directory, the content of a directory before itself."""
    if above.count("/") > MAX_DEPTH:
        raise not_a_file(f"{directory.place}: deeper than {MAX_DEPTH} folders")
    for name, kind in fs.entries(directory.descriptor):
        if kind == "directory":
            with directory.child(name) as inner:
                yield from walk(inner, f"{above}{name}/")
        yield above + name, kind


def read_file(directory: Directory, path: str, *, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file below a directory, of one that is longer than limit a little more than that.

    A link in the place of the file is a PlaceError.
    """
    name, _, rest = path.partition("/")
    if rest:
        with directory.child(name) as inner:
            return read_file(inner, rest, limit=limit)
    try:
        descriptor = fs.open_file(name, directory.descriptor)
    except OSError as failure:
        if failure.errno == errno.ELOOP:
            raise symlink(f"{directory.place}/{name}") from failure
        raise
    try:
        return _read(descriptor, limit)
    finally:
        fs.close(descriptor)


def _read(descriptor: int, limit: int) -> bytes:
    content = b""
    while len(content) <= limit and (chunk := fs.read(descriptor, limit + 1 - len(content))):
        content += chunk
    return content


def write_file(directory: Directory, path: str, data: bytes, flush: Flush, *,
               mode: int = fs.FILE_MODE) -> None:
    """Create a file below a directory, and the directories on the way to it."""
    name, _, rest = path.partition("/")
    if rest:
        with directory.ensure(name) as inner:
            write_file(inner, rest, data, flush, mode=mode)
        return
    descriptor = fs.create_file(name, directory.descriptor)
    try:
        fs.set_mode(descriptor, mode)
        left = memoryview(data)
        while left:
            left = left[fs.write(descriptor, left):]
        flush(descriptor)
    finally:
        fs.close(descriptor)


def carry_file(source: Directory, target: Directory, path: str, flush: Flush) -> None:
    """Give a file that is not ours the same path in another directory: a second name, or else a copy."""
    name, _, rest = path.partition("/")
    if rest:
        with source.child(name) as inner, target.ensure(name) as new_inner:
            carry_file(inner, new_inner, rest, flush)
        return
    try:
        fs.link(name, source.descriptor, name, target.descriptor)
    except OSError as failure:
        # Of another user, on a file system without hard links, or with as many names as a file can have.
        if failure.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.EXDEV, errno.EMLINK, errno.EACCES):
            raise
        status = fs.status(name, source.descriptor)
        content = read_file(source, name, limit=status.st_size)
        write_file(target, COPY_NAME, content, flush, mode=stat.S_IMODE(status.st_mode))
        # It gets its name when it is whole and as old as the first: `leftovers` keeps the newer one.
        fs.set_times(COPY_NAME, target.descriptor, (status.st_atime_ns, status.st_mtime_ns))
        fs.rename(COPY_NAME, target.descriptor, name, target.descriptor)


def move_file(source: Directory, target: Directory, path: str) -> None:
    """Move a file to the same path in another directory, over the one that is there."""
    name, _, rest = path.partition("/")
    if not rest:
        fs.rename(name, source.descriptor, name, target.descriptor)
        return
    with source.child(name) as inner, target.ensure(name) as new_inner:
        move_file(inner, new_inner, rest)


def remove(directory: Directory, path: str, kind: fs.Kind) -> None:
    """Remove what stands below a directory: a file, a link, or a directory that is empty."""
    name, _, rest = path.partition("/")
    if rest:
        with directory.child(name) as inner:
            remove(inner, rest, kind)
    elif kind == "directory":
        fs.remove_directory(name, directory.descriptor)
    else:
        fs.unlink(name, directory.descriptor)


def remove_if_there(directory: Directory, name: str) -> None:
    """Remove a file of a directory unless it is gone already."""
    try:
        fs.unlink(name, directory.descriptor)
    except FileNotFoundError:
        return


def remove_if_empty(directory: Directory, path: str) -> None:
    """Remove a directory below a directory unless something is in it."""
    try:
        remove(directory, path, "directory")
    except OSError as failure:
        # POSIX allows either number for a directory that is not empty.
        if failure.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT):
            raise


def changed_at(directory: Directory, path: str) -> int | None:
    """Return when a file below a directory was last changed, in nanoseconds, or None when it is not there."""
    name, _, rest = path.partition("/")
    try:
        if not rest:
            return fs.status(name, directory.descriptor).st_mtime_ns
        with directory.child(name) as inner:
            return changed_at(inner, rest)
    except FileNotFoundError:
        return None


def symlink(place: str) -> PlaceError:
    """Return the refusal of a link."""
    return PlaceError(finding(
        codes.SYMLINK, "this is a symbolic link, and output is never written through one", place,
        help="remove the link and compile again"))


def not_a_file(place: str) -> PlaceError:
    """Return the refusal of what is neither the file nor the folder that should stand there."""
    return PlaceError(finding(
        codes.NOT_A_FILE, "this is not the regular file or folder that should stand here", place,
        help="move it away and compile again"))
