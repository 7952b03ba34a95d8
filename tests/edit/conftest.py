"""A GitOps repository with one real project, and models that were really signed."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from runtime.bundle import sign, write_manifest
from tests.repositories import ROOT, mlproject, tree

LOCK = "specs/employment/mlproject.lock"
NOON = 1_700_000_000
"""When the first commit was made; tests give every later one its time."""


class Repository:
    """A clone of a repository with a bare remote; models lie in a folder that stands for their store."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.root, self.remote, self.models = folder / "tree", folder / "remote.git", folder / "models"
        shutil.copytree(template, self.root, symlinks=True)
        self.key = Ed25519PrivateKey.generate()
        (self.root / "keys").mkdir()
        (self.root / "keys/labour.pem").write_bytes(
            self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("the start", at=NOON)
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", self.remote], check=True)
        self.git("remote", "add", "origin", str(self.remote))
        self.git("push", "--quiet", "origin", "main")

    @property
    def variables(self) -> dict[str, str]:
        """Return what commands see: an identity, no configuration of this machine, the store of the models."""
        locations = json.dumps({"s3://mlproject-models/": f"{self.models}/"})
        return {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_COMMITTER_NAME": "Ada",
                "GIT_COMMITTER_EMAIL": "ada@example.org", "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(self.root.parent), "MLPROJECT_LOCATIONS": locations}

    def git(self, *arguments: str, at: int = NOON) -> str:
        """Run Git in the clone at some time."""
        stamp = f"{at} +0000"
        variables = {"PATH": os.environ["PATH"], **self.variables, "GIT_AUTHOR_DATE": stamp,
                     "GIT_COMMITTER_DATE": stamp}
        finished = subprocess.run(["git", *arguments], cwd=self.root, env=variables, check=False,
                                  capture_output=True, text=True)
        assert finished.returncode == 0, finished.stderr
        return finished.stdout

    def commit(self, message: str, *, at: int) -> str:
        """Commit everything; return the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message, at=at)
        return self.git("rev-parse", "HEAD").strip()

    def run(self, *arguments: str, at: int = NOON, **variables: str) -> "subprocess.CompletedProcess[str]":
        """Run the command; a commit of it is made at some time."""
        stamp = {"GIT_AUTHOR_DATE": f"{at} +0000", "GIT_COMMITTER_DATE": f"{at} +0000"}
        return mlproject(*arguments, cwd=self.root, variables={**self.variables, **stamp, **variables})

    def model(self, version: str, *, verdict: str | None = "pass", is_signed: bool = True) -> Path:
        """Make a signed model, and return its version file."""
        folder = self.models / "employment" / version
        folder.mkdir(parents=True)
        (folder / "model.onnx").write_bytes(f"weights of {version}".encode())
        digest = write_manifest(folder)
        if is_signed:
            sign(folder, self.key)
        said: dict[str, Any] = {
            "name": "employment", "version": version, "uri": f"s3://mlproject-models/employment/{version}/",
            "digest": digest, "run": f"train-{version}", "revision": "a" * 40, "data": {"survey": "b" * 32},
            "aliases": ["challenger"]}
        if verdict:
            said["gates"] = {"verdict": verdict, "digest": f"sha256:{'c' * 64}"}
        file = self.models / f"{version}.json"
        file.write_text(json.dumps(said))
        return file

    def lock(self) -> str:
        """Return the text of the lock."""
        return (self.root / LOCK).read_text()

    def generated(self) -> dict[str, bytes]:
        """Return every file of generated/."""
        folder = self.root / "generated"
        return tree(folder)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the employment project, that has no model yet, and what it compiles to."""
    folder = tmp_path_factory.mktemp("template")
    shutil.copytree(ROOT / "specs/employment", folder / "specs/employment")
    shutil.copy(ROOT / "specs/defaults.yaml", folder / "specs/defaults.yaml")
    (folder / LOCK).write_text("# Which model each environment serves.\napiVersion: mlproject.dev/v1alpha1\n"
                               "kind: MLProjectLock\nenvironments: {}\n")
    result = mlproject("compile", cwd=folder)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def repository(template: Path, tmp_path: Path) -> Repository:
    """Return a repository of its own for a test."""
    return Repository(tmp_path, template)
