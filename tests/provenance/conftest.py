"""The repository of the promotions, and two people with keys of OpenSSH."""

import subprocess
from pathlib import Path

import pytest

from tests.edit.conftest import repository, template

__all__ = ["repository", "template"]


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the keys of ci and mallory, and the file that allows both to sign, each as themselves."""
    folder = tmp_path_factory.mktemp("keys")
    lines = []
    for who in ("ci", "mallory"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", who, "-f", folder / who], check=True)
        lines.append(f"{who}@example.org {(folder / f'{who}.pub').read_text()}")
    (folder / "signers").write_text("".join(lines))
    return folder
