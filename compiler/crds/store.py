"""Keep imported schemas in the repository: one file a kind and version, and an index written last.

Every path is opened below a directory descriptor and follows no link: a repository may
hold a link that points out of it.
"""

import json
import os
from collections.abc import Mapping
from typing import Any, Final

from compiler.verify.served import FOLDER, INDEX

_FOLDER_FLAGS: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_WRITE_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
_READ_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC

Kinds = Mapping[str, Mapping[str, tuple[str, ...]]]


class Store:
    """The folder `crds/` of a repository, open until `close`."""

    def __init__(self, repository: str) -> None:
        root = os.open(repository, _FOLDER_FLAGS & ~os.O_NOFOLLOW)
        try:
            self._folder = _below(root, FOLDER)
        finally:
            os.close(root)

    def close(self) -> None:
        """Let go of the folder."""
        os.close(self._folder)

    def kinds(self) -> Kinds:
        """Return what the index says was imported before; nothing when there is none."""
        content = _read(self._folder, INDEX)
        groups = {} if content is None else json.loads(content)["groups"]
        return {group: {kind: tuple(versions) for kind, versions in members.items()}
                for group, members in groups.items()}

    def write_kinds(self, kinds: Kinds) -> bool:
        """Write the index; tell whether it changed."""
        groups = {group: {kind: list(kinds[group][kind]) for kind in sorted(kinds[group])} for group in sorted(kinds)}
        return _write(self._folder, INDEX, json.dumps({"groups": groups}, indent=1).encode() + b"\n")

    def write(self, group: str, name: str, schema: Mapping[str, Any]) -> bool:
        """Write one schema; tell whether it changed."""
        content = json.dumps(schema, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
        folder = _below(self._folder, group)
        try:
            return _write(folder, name, content)
        finally:
            os.close(folder)

    def remove(self, group: str, name: str) -> None:
        """Remove one schema that an earlier import wrote."""
        folder = _below(self._folder, group)
        try:
            os.unlink(name, dir_fd=folder)
        except FileNotFoundError:
            pass
        finally:
            os.close(folder)


def _below(parent: int, name: str) -> int:
    try:
        os.mkdir(name, 0o755, dir_fd=parent)
    except FileExistsError:
        pass
    return os.open(name, _FOLDER_FLAGS, dir_fd=parent)


def _read(folder: int, name: str) -> bytes | None:
    try:
        with open(os.open(name, _READ_FLAGS, dir_fd=folder), "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _write(folder: int, name: str, content: bytes) -> bool:
    if _read(folder, name) == content:
        return False
    with open(os.open(f".{name}.new", _WRITE_FLAGS, 0o644, dir_fd=folder), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(f".{name}.new", name, src_dir_fd=folder, dst_dir_fd=folder)
    return True
