"""Repositories for tests: copies of our own specs, in a folder of their own."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def copy_of_examples(folder: Path) -> Path:
    """Return a repository in folder that holds our example specs and nothing generated."""
    shutil.copytree(ROOT / "specs", folder / "specs", dirs_exist_ok=True)
    return folder


def mlproject(*arguments: str, cwd: Path, variables: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, as a user would."""
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **(variables or {})}
    return subprocess.run([sys.executable, "-m", "compiler", *arguments], cwd=cwd, env=environment, check=False,
                          capture_output=True, text=True, encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below folder by relative path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
