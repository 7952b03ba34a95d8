"""Where built judges live: outside the clone, one folder a recipe.

A fresh clone must not build for half an hour what another has built, and a
changed recipe must never be answered by the tool of the former one.
"""

import hashlib
import os
from pathlib import Path

RECIPES = Path(__file__).parent
RECIPE_FILES = ("go.mod", "debian.json", "package-lock.json", "requirements.txt")


def cache_root() -> Path:
    """Return the folder of every built judge; it may not exist yet."""
    # An empty XDG_CACHE_HOME counts as unset, by the XDG specification.
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(caches) / "mlproject-compiler" / "judges"


def known_tools() -> tuple[str, ...]:
    """Return the name of every folder that holds a recipe, sorted."""
    return tuple(sorted(
        folder.name
        for folder in RECIPES.iterdir()
        if any((folder / recipe).is_file() for recipe in RECIPE_FILES)
    ))


def binary_path(tool: str) -> Path:
    """Return where the binary of a known tool belongs, built or not."""
    if tool not in known_tools():
        raise LookupError(f"no judge is called {tool!r}: {', '.join(known_tools())}")
    return cache_root() / f"{tool}-{_fingerprint(RECIPES / tool)}" / tool


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        # Lengths keep two files from reading as one file with both contents.
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]
