"""A GitOps repository as a team has one: specs, what they compile to, and a bare repository to push to."""

import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from tests.judges import REPOSITORY

ELSEWHERE = "https://production.example.org:6443"
IDENTITY = ("-c", "user.name=team", "-c", "user.email=team@example.org", "-c", "commit.gpgsign=false",
            "-c", "core.hooksPath=/dev/null")


class GitOps:
    """The clone in which people work; `push` is all that Argo CD ever sees."""

    def __init__(self, folder: Path, *, production: str) -> None:
        self.clone, self.bare = folder / "clone", folder / "gitops.git"
        self.clone.mkdir(parents=True)
        shutil.copytree(REPOSITORY / "specs", self.clone / "specs", ignore=shutil.ignore_patterns("__pycache__"))
        self._settle(production)
        self.git("init", "--quiet", "--initial-branch=main", ".")
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", self.bare], check=True)
        self.git("remote", "add", "origin", f"file://{self.bare}")

    def _settle(self, production: str) -> None:
        """Say where the repository and the cluster of production are on this machine; nothing else differs."""
        path = self.clone / "specs" / "defaults.yaml"
        text = path.read_text()
        for former, here in (("https://github.com/mlproject-dev/gitops.git", f"file://{self.bare}"),
                             (ELSEWHERE, production)):
            assert former in text
            text = text.replace(former, here)
        path.write_text(text)

    def git(self, *arguments: str) -> str:
        finished = subprocess.run(["git", *IDENTITY, *arguments], cwd=self.clone, check=True, text=True,
                                  capture_output=True)
        return finished.stdout.strip()

    def compile_and_push(self, message: str) -> str:
        """Compile, commit what changed and push it; return the commit."""
        finished = subprocess.run([sys.executable, "-m", "compiler", "compile"], cwd=self.clone, check=False, text=True,
                                  capture_output=True, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(REPOSITORY)})
        assert finished.returncode == 0, finished.stdout + finished.stderr
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.push()

    def push(self) -> str:
        self.git("push", "--quiet", "origin", "main")
        return self.git("rev-parse", "HEAD")

    def objects(self, name: str) -> list[dict]:
        """Return the objects of a file below `generated/`."""
        text = (self.clone / "generated" / name).read_text()
        return [body for body in yaml.safe_load_all(text) if body]
