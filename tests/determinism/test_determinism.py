"""The same specs give the same bytes, whoever compiles them, where and when."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repositories import ROOT, copy_of_examples, tree

SURROUNDINGS = {
    "a plain C locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "UTC", "PYTHONHASHSEED": "0"},
    "a Turkish user in Kathmandu": {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "1"},
    "a German user without a home": {"LC_ALL": "de_DE.UTF-8", "TZ": "America/St_Johns", "HOME": "", "COLUMNS": "20"},
    "a CI system": {"LC_ALL": "C.UTF-8", "CI": "true", "GITHUB_ACTIONS": "true", "NO_COLOR": "1", "TERM": "dumb"},
    "a strict umask": {"PYTHONHASHSEED": "2", "umask": "077"},
    "no umask": {"PYTHONHASHSEED": "3", "umask": "000"},
    "a folder with a blank and an accent": {"PYTHONHASHSEED": "4", "LC_ALL": "C", "folder": "a b é"},
    "from inside the repository": {"PYTHONHASHSEED": "random", "cwd": "specs/employment"},
}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, int]]:
    repository = copy_of_examples(tmp_path_factory.mktemp("plain"))
    _compile(repository, {})
    return _outcome(repository)


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_the_same_bytes_and_modes(tmp_path: Path, expected: dict[str, tuple[bytes, int]], name: str) -> None:
    variables = dict(SURROUNDINGS[name])
    repository = copy_of_examples(tmp_path / variables.pop("folder", "repository"))
    _compile(repository, variables)
    assert _outcome(repository) == expected


def test_the_order_in_which_folders_were_made(tmp_path: Path, expected: dict[str, tuple[bytes, int]]) -> None:
    (tmp_path / "specs").mkdir()
    for path in sorted((ROOT / "specs").iterdir(), reverse=True):
        copy = shutil.copytree if path.is_dir() else shutil.copy
        copy(path, tmp_path / "specs" / path.name)
    _compile(tmp_path, {})
    assert _outcome(tmp_path) == expected


def test_windows_line_ends_give_the_same_objects(tmp_path: Path, expected: dict[str, tuple[bytes, int]]) -> None:
    repository = copy_of_examples(tmp_path)
    for path in repository.rglob("mlproject.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    _compile(repository, {})
    # An index holds the digests of the specs, which are other bytes.
    outcome = {path: found for path, found in _outcome(repository).items() if not path.endswith("index.json")}
    assert outcome == {path: found for path, found in expected.items() if not path.endswith("index.json")}


def test_modes_are_ours(expected: dict[str, tuple[bytes, int]]) -> None:
    assert {oct(mode) for _, mode in expected.values()} == {"0o644"}


def _compile(repository: Path, variables: dict[str, str]) -> None:
    """Compile as a user whose surroundings are these variables, besides `umask` and `cwd`, which are none."""
    variables = {"HOME": "/", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **variables}
    umask, cwd = int(variables.pop("umask", "022"), 8), variables.pop("cwd", ".")
    environment = {name: value for name, value in variables.items() if value}
    result = subprocess.run(
        [sys.executable, "-m", "compiler", "compile"],
        cwd=repository / cwd,
        env=environment,
        umask=umask,
        check=False,
        capture_output=True,
    )
    assert result.returncode == 0, os.fsdecode(result.stderr)


def _outcome(repository: Path) -> dict[str, tuple[bytes, int]]:
    """Return the content and the mode of every file that was generated."""
    generated = repository / "generated"
    return {
        path: (content, stat.S_IMODE((generated / path).stat().st_mode)) for path, content in tree(generated).items()
    }
