"""The step `promote`: a clone of a bare repository that stands for the GitOps one, without any network."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from runtime.logs import logger
from runtime.outcome import Context, Outcome, Refused, Unavailable
from runtime.steps import promote as step
from tests.edit.conftest import LOCK, NOON, Repository

ADDRESS = "https://github.com/mlproject-dev/gitops.git"


@pytest.fixture(autouse=True)
def surroundings(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    locations = {**json.loads(repository.variables["MLPROJECT_LOCATIONS"]), ADDRESS: str(repository.remote)}
    for name, value in {**repository.variables, "MLPROJECT_LOCATIONS": json.dumps(locations)}.items():
        monkeypatch.setenv(name, value)


def run(version: Path, work: Path, **settings: Any) -> Outcome:
    said = {"project": "employment", "environment": "dev", "approvals": 0, "promotes_from": None, "soak_seconds": 0,
            "repository": ADDRESS, "revision": "main", **settings}
    return step.run(Context("promote", "employment", "dev", "run-1", said, {"version": version}, {}, logger(),
                            work=work))


def pinned(repository: Repository, revision: str = "main") -> str:
    finished = subprocess.run(["git", "-C", repository.remote, "show", f"{revision}:{LOCK}"], check=True,
                              capture_output=True, text=True)
    return finished.stdout


def test_the_version_of_a_run_is_committed_and_pushed(repository: Repository, tmp_path: Path) -> None:
    version = repository.model("7")
    assert run(version, tmp_path).numbers == {"promoted": 1.0, "attempts": 1.0}
    assert 'dev:\n    version: "7"' in pinned(repository)
    assert run(version, tmp_path).numbers == {"promoted": 0.0}


def test_a_race_that_is_lost_is_run_again(repository: Repository, tmp_path: Path,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    promote = step._promote

    def beaten(*arguments: Any) -> str:
        said = promote(*arguments)
        if not (repository.root / "notes.txt").exists():
            (repository.root / "notes.txt").write_text("someone else")
            repository.commit("someone else", at=NOON)
            repository.git("push", "--quiet", "origin", "main")
        return said

    monkeypatch.setattr(step, "_promote", beaten)
    assert run(repository.model("7"), tmp_path).numbers == {"promoted": 1.0, "attempts": 2.0}
    assert 'version: "7"' in pinned(repository)
    subprocess.run(["git", "-C", repository.remote, "cat-file", "-e", "main:notes.txt"], check=True)


def test_where_people_approve_a_branch_is_pushed(repository: Repository, tmp_path: Path) -> None:
    before = pinned(repository)
    assert run(repository.model("7"), tmp_path, approvals=2).numbers == {"promoted": 1.0}
    assert pinned(repository) == before
    assert 'version: "7"' in pinned(repository, "promote/employment/dev")


def test_an_environment_further_down_the_chain_is_left_as_it_is(repository: Repository, tmp_path: Path) -> None:
    before = pinned(repository)
    assert run(repository.model("7"), tmp_path, environment="staging", promotes_from="dev").numbers == {"promoted": 0.0}
    assert pinned(repository) == before


def test_a_refusal_and_a_repository_that_is_away_differ(repository: Repository, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="promotion/gates"):
        run(repository.model("7", verdict="stop"), tmp_path)
    with pytest.raises(Unavailable, match="cannot be cloned"):
        run(repository.model("8"), tmp_path, revision="gone")
