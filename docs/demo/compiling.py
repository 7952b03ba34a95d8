"""Check and compile the example projects, and count what stands in generated/."""

import json
from collections import Counter
from typing import NamedTuple

from commands import ROOT, run


class Folder(NamedTuple):
    """One folder of generated/: how many objects it holds, in which files."""

    place: str
    objects: int
    files: tuple[str, ...]


def compile_examples() -> list[Folder]:
    """Check, compile, explain; return what is there."""
    run("check")
    run("compile")
    run("compile", "--check")
    run("explain", "specs/employment", "production", "deployment.scaling.minimum")
    folders = [_folder(index) for index in sorted((ROOT / "generated").glob("*/*/index.json"))]
    print("\nWhat is there now:")
    for folder in folders:
        print(f"  {folder.place:<38} {folder.objects:>2} objects in {', '.join(folder.files)}")
    return folders


def _folder(index) -> Folder:
    files = tuple(sorted(json.loads(index.read_text())["files"]))
    kinds = Counter(line.split()[1] for name in files if name.endswith(".yaml")
                    for line in (index.parent / name).read_text().splitlines() if line.startswith("kind: "))
    return Folder(str(index.parent.relative_to(ROOT)), sum(kinds.values()), files)
