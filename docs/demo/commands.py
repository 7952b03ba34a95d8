"""Run the commands of the project as a person would type them, and stop where one fails."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = ROOT / ".venv/bin/mlproject"
FOLDER = ROOT / "runs/demo"
PAGE = FOLDER / "index.html"
REPOSITORY = FOLDER / "repository"
"""A clone of the GitOps repository: what Argo CD would see."""


def run(*arguments: str, cwd: Path = ROOT) -> None:
    """Run one command of ours, showing it."""
    place = "" if cwd == ROOT else f"{cwd.relative_to(ROOT)} "
    print(f"\n{place}$ mlproject {' '.join(arguments)}", flush=True)
    _checked([str(COMMAND), *arguments], cwd)


def answer_of(*arguments: str, cwd: Path = ROOT) -> str:
    """Run one command of ours and return what it prints."""
    return subprocess.run([COMMAND, *arguments], cwd=cwd, check=True, stdout=subprocess.PIPE, text=True).stdout


def prepare() -> None:
    """Bring the data, and the GitOps repository up to what is here."""
    print("\nBringing the data, and a GitOps repository for this machine", flush=True)
    _checked([sys.executable, "specs/data.py"], ROOT)
    _checked([sys.executable, "specs/gitops.py"], ROOT)


def clone() -> None:
    """Clone the GitOps repository anew; it shares the stores of this machine."""
    shutil.rmtree(REPOSITORY, ignore_errors=True)
    REPOSITORY.parent.mkdir(parents=True, exist_ok=True)
    _checked(["git", "clone", "--quiet", str(ROOT / ".data/gitops.git"), str(REPOSITORY)], ROOT)
    (REPOSITORY / ".data").symlink_to(ROOT / ".data")
    (REPOSITORY / "runs").symlink_to(FOLDER)


def _checked(command: list[str], cwd: Path) -> None:
    finished = subprocess.run(command, cwd=cwd, check=False, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    if finished.returncode != 0:
        sys.exit(finished.returncode)
