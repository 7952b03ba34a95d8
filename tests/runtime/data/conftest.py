"""A real DVC repository with two revisions of one table."""

import json
import os
import subprocess
import warnings
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

IDENTITY = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b",
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "DVC_NO_ANALYTICS": "1"}


class Repository(NamedTuple):
    """A repository, the commits of its two revisions of data/rows, and one more that changes no data."""

    path: Path
    first: str
    second: str
    head: str


def command(*words, cwd, **environment):
    return subprocess.run(words, cwd=cwd, check=True, capture_output=True, text=True,
                          env=os.environ | IDENTITY | environment).stdout.strip()


@pytest.fixture(scope="session")
def repository(tmp_path_factory) -> Repository:
    from dvc.repo import Repo

    folder = tmp_path_factory.mktemp("dvc")
    tree, remote = folder / "tree", folder / "remote"
    (tree / "data/rows").mkdir(parents=True)
    command("git", "init", "--quiet", "--initial-branch=main", cwd=tree)

    def commit(day):
        command("git", "add", "--all", cwd=tree)
        command("git", "commit", "--quiet", "-m", day, cwd=tree, GIT_COMMITTER_DATE=f"2026-01-{day}T00:00:00Z")
        return command("git", "rev-parse", "HEAD", cwd=tree)

    data = Repo.init(str(tree))
    (tree / ".dvc/config").write_text(f"[core]\n  remote = storage\n['remote \"storage\"']\n  url = {remote}\n")
    commits = []
    for rows, day in ((3, "01"), (5, "02")):
        pd.DataFrame({"x": range(rows)}).to_parquet(tree / "data/rows/part.parquet")
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # of pygtrie, which DVC uses
            data.add(str(tree / "data/rows"))
        commits.append(commit(day))
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        Repo(str(tree)).push(all_commits=True)
    (tree / "README").write_text("nothing of the data changes\n")
    head = commit("09")
    command("git", "tag", "v1", commits[0], cwd=tree)
    return Repository(tree, *commits, head)


@pytest.fixture
def locations(monkeypatch, repository):
    """Say where the repository's address leads."""
    monkeypatch.setenv("MLPROJECT_LOCATIONS", json.dumps({"https://git.example.org/rows.git": str(repository.path)}))
