"""Which names a folder or a file of the output may have.

They come from names that the checks have already refused or accepted; this is the second wall, so that a
name which gets here wrong is a bug of ours and a ValueError, and never a path that leads out of generated/.
"""

from collections.abc import Iterable

_FOLDER = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_PART = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-")
_LONGEST_FOLDER, _LONGEST_PART, _LONGEST_PATH = 63, 128, 512

# Stands before the name of a folder while it is prepared or removed; no folder's own name starts like this.
STAGE_PREFIX = ".mlproject-stage-"

# What a copy is named until it is whole; no file of ours is hidden.
COPY_NAME = ".mlproject-copy"


def is_folder_name(name: str) -> bool:
    """Tell whether name can be that of a project or of an environment in the output."""
    return 0 < len(name) <= _LONGEST_FOLDER and _FOLDER.issuperset(name) and "-" not in (name[0], name[-1])


def check_folders(folders: Iterable[str]) -> None:
    """Raise a ValueError unless each is `ENVIRONMENT/PROJECT` or `NAME`, and none lies in another."""
    names = frozenset(folders)
    for folder in names:
        parts = folder.split("/")
        if len(parts) > 2 or not all(map(is_folder_name, parts)):
            raise ValueError(f"{folder!r} is not a folder name")
        if len(parts) == 2 and parts[0] in names:
            raise ValueError(f"{folder!r} lies in another folder")


def check_files(paths: Iterable[str]) -> None:
    """Raise a ValueError unless each is a relative path, and they can all stand in one folder."""
    seen: dict[str, str] = {}
    for path in paths:
        if not is_file_path(path):
            raise ValueError(f"{path!r} is not a file name")
        # Two names that differ in case alone are one file on the disks of many laptops.
        other = seen.setdefault(path.lower(), path)
        if other != path:
            raise ValueError(f"{path!r} and {other!r} are one file where case does not count")
    for path in seen:
        for above in parents(path):
            if above in seen:
                raise ValueError(f"{above!r} is both a file and a folder")


def is_file_path(path: str) -> bool:
    """Tell whether path can name a file of a folder: relative, no hidden or odd parts, `/` between parts."""
    return len(path) <= _LONGEST_PATH and all(map(_is_part, path.split("/")))


def _is_part(part: str) -> bool:
    return 0 < len(part) <= _LONGEST_PART and _PART.issuperset(part) and part[0] not in ".+-"


def parents(path: str) -> list[str]:
    """Return the folders on the way to path: `a` and `a/b` for `a/b/c`."""
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]


def stage_name(folder: str) -> str:
    """Return the name, beside folder, under which it is prepared."""
    return STAGE_PREFIX + folder.rpartition("/")[2]


def is_stage_name(name: str) -> bool:
    """Tell whether `stage_name` can have made name: what follows its prefix is a folder's name, not `..`."""
    return name.startswith(STAGE_PREFIX) and is_folder_name(name.removeprefix(STAGE_PREFIX))
