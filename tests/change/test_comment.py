"""One comment on a request: written once, edited in place, on a fake of each host."""

import json
from pathlib import Path

import pytest

from compiler.change.markdown import MARKER
from tests.change.histories import History, put
from tests.hosts.fakes import fake_host
from tests.repositories import mlproject

URLS = {"github": "https://github.com/acme/gitops.git", "gitlab": "https://gitlab.com/acme/gitops.git"}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("comment")
    made = History(folder / "repository")
    head = made.edit(put("validation", "gates", 0, "minimum", value=0.5))
    path = folder / "plan.json"
    path.write_text(json.dumps(made.plan(made.commits[0], head).document))
    return path


def author(kind: str, login: str) -> dict[str, object]:
    return {"user": {"login": login}} if kind == "github" else {"author": {"username": login}, "system": False}


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_there_is_one_comment_however_often_it_is_put(plan: Path, tmp_path: Path, kind: str) -> None:
    with fake_host(kind) as fake:
        others = [{"id": number, "body": f"{MARKER}\nnot ours", **author(kind, "mallory")} for number in range(3)]
        fake.comments[12] = list(others)
        ours = {"GITHUB_REF": "refs/pull/12/merge", "CI_MERGE_REQUEST_IID": "12", **fake.variables}
        said = [_put(plan, tmp_path, kind, ours) for _ in range(2)]
        made = [one for one in fake.comments[12] if one not in others]
        assert [one.strip() for one in said] == [
            "the comment on request 12 is written", "the comment on request 12 is unchanged"]  # fmt: skip
        assert len(made) == 1
        assert "gate `roc_auc` loosened" in made[0]["body"]
        made[0]["body"] = f"{MARKER}\nof the push before"
        assert "edited" in _put(plan, tmp_path, kind, ours)
        assert "gate `roc_auc` loosened" in made[0]["body"]
        assert [one["body"] for one in others] == [f"{MARKER}\nnot ours"] * 3


def _put(plan: Path, cwd: Path, kind: str, variables: dict[str, str]) -> str:
    done = mlproject("comment", str(plan), "--repository", URLS[kind], cwd=cwd, variables=variables)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_a_plan_is_printed_without_a_host(plan: Path, tmp_path: Path) -> None:
    printed = mlproject("comment", str(plan), "--print", cwd=tmp_path)
    assert (printed.returncode, printed.stdout.startswith(f"{MARKER}\n## Plan: high risk")) == (0, True)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"grade": "none at all"}, "has not the shape", id="another grade"),
        pytest.param({"untouched": "<b>"}, "has not the shape", id="text for a number"),
        pytest.param({"format": 2}, "no plan of this version", id="another version"),
        pytest.param({"reviewers": {}}, "changed after it was made", id="nobody need approve"),
    ],
)
def test_a_plan_that_was_tampered_with_is_refused(
    plan: Path, tmp_path: Path, change: dict[str, object], message: str
) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({**json.loads(plan.read_text()), **change}))
    done = mlproject("comment", str(path), "--print", cwd=tmp_path)
    assert (done.returncode, message in done.stderr) == (1, True), done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param([], 2, "which request", id="no request"),
        pytest.param(["--request", "1", "--repository", "/srv/git"], 2, "on no host", id="no host"),
        pytest.param(["--request", "1", "--repository", URLS["github"]], 4, "no token", id="no token"),
    ],
)
def test_what_is_missing_is_said(plan: Path, tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    done = mlproject("comment", str(plan), *arguments, cwd=tmp_path)
    assert (done.returncode, message in done.stderr) == (code, True), done.stderr
