"""The families of meanings, found by walking their folder: a new one is a file."""

import os
from functools import cache
from importlib import import_module

from compiler.change.meaning import Family

_FOLDER = os.path.join(os.path.dirname(__file__), "meanings")


@cache
def families() -> tuple[Family, ...]:
    """Return every family, in the order of their names."""
    stems = sorted(
        entry.removesuffix(".py")
        for entry in os.listdir(_FOLDER)
        if entry.endswith(".py") and not entry.startswith("_")
    )
    found = []
    for stem in stems:
        family: Family = import_module(f"compiler.change.meanings.{stem}").FAMILY
        assert family.name == stem, stem
        found.append(family)
    return tuple(found)
