"""Files that are not what they seem: links, pipes, devices, folders. Nothing outside is read, shown or written."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.test_specs import attack
from tests.repositories import mlproject, tree

CANARY = "canary-of-a-file-outside"
PLAIN = attack("null-as-a-team").spec


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with one good project, beside a folder that is none of its business."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mlproject.yaml").write_text(f"{PLAIN}# {CANARY}\nunknown: {CANARY}\n")
    (outside / "defaults.yaml").write_text(f"apiVersion: {CANARY}\n")
    spec = tmp_path / "repository/specs/fraud/mlproject.yaml"
    spec.parent.mkdir(parents=True)
    spec.write_text(PLAIN)
    return tmp_path / "repository"


def _spec(repository: Path) -> Path:
    return repository / "specs/fraud/mlproject.yaml"


def _spec_is_a_link(repository: Path) -> None:
    _spec(repository).unlink()
    _spec(repository).symlink_to(repository.parent / "outside/mlproject.yaml")


def _spec_is_an_absolute_link_to_itself(repository: Path) -> None:
    _spec(repository).unlink()
    _spec(repository).symlink_to(_spec(repository))


def _folder_is_a_link(repository: Path) -> None:
    _spec(repository).unlink()
    _spec(repository).parent.rmdir()
    _spec(repository).parent.symlink_to(repository.parent / "outside")


def _defaults_are_a_link(repository: Path) -> None:
    (repository / "specs/defaults.yaml").symlink_to(repository.parent / "outside/defaults.yaml")


def _lock_is_a_link(repository: Path) -> None:
    _spec(repository).with_name("mlproject.lock").symlink_to(repository.parent / "outside/defaults.yaml")


def _spec_is_a_pipe(repository: Path) -> None:
    _spec(repository).unlink()
    os.mkfifo(_spec(repository))


def _lock_is_a_pipe(repository: Path) -> None:
    os.mkfifo(_spec(repository).with_name("mlproject.lock"))


def _lock_is_a_folder(repository: Path) -> None:
    _spec(repository).with_name("mlproject.lock").mkdir()


def _spec_leads_to_a_device(repository: Path) -> None:
    _spec(repository).unlink()
    _spec(repository).symlink_to("/dev/zero")


def _spec_is_a_hole(repository: Path) -> None:
    with _spec(repository).open("wb") as file:
        file.truncate(1 << 40)


INPUTS = [
    _spec_is_a_link,
    _spec_is_an_absolute_link_to_itself,
    _folder_is_a_link,
    _defaults_are_a_link,
    _lock_is_a_link,
    _spec_is_a_pipe,
    _lock_is_a_pipe,
    _lock_is_a_folder,
    _spec_leads_to_a_device,
    _spec_is_a_hole,
]


@pytest.mark.parametrize("make", INPUTS, ids=lambda make: make.__name__.strip("_").replace("_", " "))
def test_an_input_that_is_no_plain_file_is_refused(repository: Path, make: Callable[[Path], None]) -> None:
    make(repository)
    before = tree(repository.parent / "outside")
    started = time.monotonic()
    result = mlproject("compile", "specs/fraud/mlproject.yaml", cwd=repository)
    assert time.monotonic() - started < 30
    assert result.returncode == 2, result.stderr
    assert CANARY not in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert not (repository / "generated").exists()
    assert tree(repository.parent / "outside") == before


@pytest.mark.parametrize(
    "path",
    [
        "/proc/self/environ",
        "/dev/zero",
        "/dev/stdin",
        "specs/fraud/../../../outside/none.yaml",
        "specs/no\nsuch.yaml",
        "-",
        "::error::x",
    ],
)
def test_a_path_that_names_no_spec_is_refused(repository: Path, path: str) -> None:
    result = mlproject("check", "--", path, cwd=repository, variables={"SECRET": CANARY})
    assert result.returncode == 2, result.stderr
    assert CANARY not in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert not any(line.startswith(("::", "such.yaml")) for line in result.stderr.splitlines())


@pytest.mark.parametrize(
    "place",
    [
        "generated",
        "generated/dev",
        "generated/dev/fraud",
        "generated/dev/fraud/pipeline.yaml",
        "generated/dev/fraud/index.json",
        "generated/repository",
    ],
)
def test_nothing_is_written_through_a_link(repository: Path, place: str) -> None:
    assert mlproject("compile", cwd=repository).returncode == 0
    target, outside = repository / place, repository.parent / "outside"
    moved = outside / "moved"
    target.rename(moved)
    target.symlink_to(moved)
    before = tree(outside)
    _spec(repository).write_text(PLAIN.replace("description: words", "description: other words"))
    result = mlproject("compile", cwd=repository)
    assert result.returncode == 2, result.stderr
    assert "Traceback" not in result.stderr
    assert tree(outside) == before
    assert target.is_symlink()
