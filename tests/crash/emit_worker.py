"""Processes that emit, read, or swap links while others emit: `python emit_worker.py ROLE GENERATED ARGUMENT`."""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator

from compiler.emit.index import with_index
from compiler.emit.tree import emit_folders

FOLDERS = ("dev/fraud", "production/fraud", "production/iris")


def version(word: str) -> dict[str, dict[str, bytes]]:
    """Return the folders as a writer of that word leaves them: names and content differ from all others."""
    files = {f"{word}.yaml": word.encode() * 2000, "same.yaml": b"same", "docs/run.md": word.encode()}
    return {folder: with_index(files, compiler="1", inputs={}) for folder in FOLDERS}


def write(generated: str, word: str) -> None:
    """Publish one version again and again, with other words in between."""
    for turn in range(10):
        report = emit_folders(generated, version(word if turn % 2 else f"{word}-{turn}"))
        assert not report.diagnostics, report


def read(generated: str, count: str) -> None:
    """Open folders and check that what is in them is what their index says."""
    for turn in range(int(count)):
        check_whole(os.path.join(generated, FOLDERS[turn % len(FOLDERS)]))


def check_whole(folder: str) -> None:
    while True:
        try:
            held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            continue
        try:
            found = dict(files(held))
            break
        except FileNotFoundError:
            # It was exchanged, and what we hold is being removed.
            continue
        finally:
            os.close(held)
    listed = json.loads(found.pop("index.json"))["files"]
    assert listed == {path: hashlib.sha256(data).hexdigest() for path, data in found.items()}, folder


def files(held: int) -> Iterator[tuple[str, bytes]]:
    for above, _, names, at in os.fwalk(".", dir_fd=held, onerror=stop):
        for name in names:
            with open(os.open(name, os.O_RDONLY, dir_fd=at), "rb") as file:
                yield os.path.normpath(os.path.join(above, name)), file.read()
    # Only if it is still there was it whole when we read the last file.
    os.stat("index.json", dir_fd=held)


def stop(failure: OSError) -> None:
    raise failure


def swap(generated: str, outside: str) -> None:
    """Turn folders into links to outside and back until somebody kills us."""
    places = [os.path.join(generated, name) for name in ("production", "production/fraud", "production/fraud/docs",
                                                         "production/fraud/same.yaml")]
    print("swapping", flush=True)
    while True:
        for place in places:
            try:
                os.rename(place, f"{place}-aside")
                os.symlink(outside, place)
                os.unlink(place)
                os.rename(f"{place}-aside", place)
            except OSError:
                put_back(place)


def put_back(place: str) -> None:
    if os.path.islink(place):
        os.unlink(place)
    if os.path.lexists(f"{place}-aside"):
        try:
            os.rename(f"{place}-aside", place)
        except OSError:
            shutil.rmtree(f"{place}-aside", ignore_errors=True)


if __name__ == "__main__":
    {"write": write, "read": read, "swap": swap}[sys.argv[1]](*sys.argv[2:])
