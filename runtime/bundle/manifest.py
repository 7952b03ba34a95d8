"""The manifest: what belongs to a model, by content."""

import hashlib
import json
import os
import stat
from pathlib import Path

VERSION = 1
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"


class BundleError(Exception):
    """The folder is not the bundle that it should be; the message names the file and what is wrong with it."""


def write_manifest(folder: Path) -> str:
    """Write the manifest of every file in folder, and return the digest of the model."""
    files = [{"path": path, "sha256": _sha256(folder / path), "size": (folder / path).stat().st_size}
             for path in files_of(folder)]
    if not files:
        raise BundleError(f"{folder} holds no files")
    # Canonical: sorted, no blanks, ASCII, one newline at the end: the same files are the same bytes.
    text = json.dumps({"files": files, "version": VERSION}, sort_keys=True, separators=(",", ":")) + "\n"
    (folder / MANIFEST).write_text(text, encoding="ascii")
    return manifest_digest(text.encode())


def manifest_digest(manifest: bytes) -> str:
    """Return the digest of a model: `sha256:` and the SHA-256 of its manifest's bytes."""
    return f"sha256:{hashlib.sha256(manifest).hexdigest()}"


def files_of(folder: Path) -> list[str]:
    """Return the paths of the files below folder but for the manifest's own, sorted; refuse what is no plain file."""
    found: list[str] = []
    for place, folders, names in os.walk(folder, followlinks=False):
        for name in (*folders, *names):
            path = Path(place, name)
            kind = path.lstat().st_mode
            if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
                raise BundleError(f"`{path.relative_to(folder)}` is a link or a device, expected a plain file")
        found += [Path(place, name).relative_to(folder).as_posix() for name in names]
    return sorted(set(found) - {MANIFEST, SIGNATURE})


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
