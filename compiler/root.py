"""The root of a repository, found with the standard library alone: the policy process starts from it."""

import os

SPECS = "specs"


def find_root(start: str) -> str:
    """Return the nearest folder from start upwards that holds `specs/`, else start itself."""
    folder = os.path.abspath(start)
    if not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    while not os.path.isdir(os.path.join(folder, SPECS)):
        parent = os.path.dirname(folder)
        if parent == folder:
            return os.path.abspath(start if os.path.isdir(start) else os.path.dirname(start))
        folder = parent
    return folder
