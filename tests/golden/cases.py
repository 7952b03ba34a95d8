"""The golden cases: which there are, and what they compile to."""

import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.repositories import mlproject, tree

FOLDER = Path(__file__).resolve().parent
CASES = sorted(path.name for path in FOLDER.iterdir() if (path / "specs").is_dir())


class Outcome(NamedTuple):
    """What one compile left behind, and what it said."""

    files: dict[str, bytes]
    output: str


def compiled(case: str) -> Outcome:
    """Compile the specs of a case in a repository of its own."""
    with tempfile.TemporaryDirectory() as folder:
        repository = Path(folder)
        shutil.copytree(FOLDER / case / "specs", repository / "specs")
        result = mlproject("compile", cwd=repository)
        output = f"{result.stdout}{result.stderr}exit code {result.returncode}\n"
        return Outcome(tree(repository / "generated"), output)


def expected(case: str) -> Outcome:
    """Return what is committed for a case."""
    return Outcome(tree(FOLDER / case / "expected"), (FOLDER / case / "output.txt").read_text(encoding="utf-8"))
