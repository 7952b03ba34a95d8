"""Folders in object stores: fetched whole, and put where nothing is ever changed again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import fsspec

from runtime.locations import locate
from runtime.outcome import Refused, Unavailable


def fetch(uri: str, folder: Path) -> None:
    """Copy what is at uri into folder; raise Unavailable where it cannot be read."""
    try:
        store, path = fsspec.core.url_to_fs(locate(uri))
        files = [found for found in store.find(path) if found]
        for found in files:
            target = folder / found.removeprefix(path.rstrip("/")).lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            store.get_file(found, str(target))
    except (OSError, ImportError) as failure:
        raise Unavailable(f"{uri} cannot be read: {failure}") from failure
    if not files:
        raise Unavailable(f"there is nothing at {uri}")


@contextmanager
def fetched(uri: str) -> Iterator[Path]:
    """Yield a folder with a copy of what is at uri; it is gone after the block."""
    with TemporaryDirectory() as folder:
        fetch(uri, Path(folder))
        yield Path(folder)


def put(folder: Path, uri: str) -> None:
    """Copy folder to uri, its manifest last; what is there already must be the same."""
    try:
        store, path = fsspec.core.url_to_fs(locate(uri))
        path = path.rstrip("/")
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            target = f"{path}/{file.relative_to(folder).as_posix()}"
            if store.exists(target):
                if store.cat_file(target) != file.read_bytes():
                    raise Refused(f"{uri} holds another {file.name} already: a version is never changed")
                continue
            store.makedirs(target.rpartition("/")[0], exist_ok=True)
            store.put_file(str(file), target)
    except (OSError, ImportError) as failure:
        raise Unavailable(f"{uri} cannot be written: {failure}") from failure
