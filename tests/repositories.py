"""Repositories for tests: copies of our own specs, in a folder of their own."""

import shutil
import subprocess
import sys
from pathlib import Path

from compiler.driver import Report, Request, compile_specs, read_projects
from compiler.policy import embedded
from compiler.policy.packs import read_packs
from compiler.registry import discover

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


class Compiler:
    """The compile without a process of its own, so that many compiles share one policy engine. Nothing is written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._registry = discover(())
        self._judge = embedded.start(lambda: read_packs(str(root)))

    def compile(self, *specs: Path, is_whole_repository: bool = False) -> Report:
        """Return the report of the whole compile; an exception is what the command would end with 70 for."""
        request = Request(tuple(map(str, specs)), str(self.root), is_whole_repository=is_whole_repository)
        return compile_specs(request, self._registry, self._judge)

    def read(self, *specs: Path) -> Report:
        """Return the report of the stages in front of the policies."""
        return read_projects(Request(tuple(map(str, specs)), str(self.root)), self._registry)

    def close(self) -> None:
        """End the engine."""
        self._judge.close()
