"""The GitOps repository of a laptop follows its working tree, and keeps what was promoted to it."""

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from tests.edit.conftest import LOCK, Repository
from tests.edit.test_promotion import promote
from tests.repositories import ROOT


def _program() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gitops", ROOT / "specs/gitops.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_follows_the_working_tree_and_keeps_the_locks(repository: Repository, template: Path, tmp_path: Path,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    promote(repository, "7")
    repository.git("push", "--quiet", "origin", "main")
    bring_up = _program().bring_up
    for key in (repository.root / "keys").iterdir():
        key.rename(tmp_path / "labour.pub.pem")
    spec = repository.root / "specs/employment/mlproject.yaml"
    spec.write_text(spec.read_text().replace("roc_auc, minimum: 0.88", "roc_auc, minimum: 0.87"))
    (repository.root / LOCK).write_text((template / LOCK).read_text())
    commit = bring_up(repository.remote, repository.root, tmp_path)
    assert bring_up(repository.remote, repository.root, tmp_path) == commit

    def shown(path: str) -> str:
        return subprocess.run(["git", "-C", repository.remote, "show", f"main:{path}"], check=True,
                              capture_output=True, text=True).stdout

    assert 'version: "7"' in shown(LOCK)
    assert "roc_auc, minimum: 0.87" in shown("specs/employment/mlproject.yaml")
    assert "0.87" in shown("generated/dev/employment/pipeline.yaml")
    assert "BEGIN PUBLIC KEY" in shown("keys/labour.pub.pem")
