"""Which files a new project or repository starts with."""

import os
from collections.abc import Mapping

from compiler import __version__

_FOLDER = os.path.dirname(__file__)
STARTERS = tuple(sorted(name.removesuffix(".yaml") for name in os.listdir(_FOLDER) if name.endswith(".yaml")))


def project_files(name: str, team: str, starter: str) -> Mapping[str, str]:
    """Return the files of a new project, by path below the repository; name and team are DNS-1035 labels."""
    text = _read(os.path.join(_FOLDER, f"{starter}.yaml"))
    return {f"specs/{name}/mlproject.yaml": text.replace("@NAME@", name).replace("@TEAM@", team)}


def repository_files() -> Mapping[str, str]:
    """Return the files of a new repository, by path."""
    base = os.path.join(_FOLDER, "repository")
    found = {}
    for folder, folders, names in os.walk(base):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            # A dot file of ours would act on our own repository; it gets its dot only in the new one.
            relative = os.path.relpath(path, base).replace("gitattributes", ".gitattributes")
            found[relative] = _read(path).replace("@VERSION@", __version__)
    return found


def _read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()
