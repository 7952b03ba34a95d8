# ruff: noqa: E501
"""The command: exit codes, formats, the plan that is kept and checked; and a repository that nobody should trust."""

import json
import subprocess
from pathlib import Path

import pytest

from compiler.git.objects import Git, GitError, materialise
from tests.change.histories import FILES, SPEC, History, State, comment, put
from tests.repositories import mlproject

VARIABLES = {"PATH": "/usr/bin:/bin"}
SOURCE = {**FILES[SPEC]["data"]["sources"][0], "classification": "public", "owner": "risk"}
QUIET = {
    **FILES[SPEC], "metadata": {**FILES[SPEC]["metadata"], "tier": "experimental", "scores_people": False},
    "data": {"sources": [SOURCE], "target": "label"}, "deployment": {"enabled": False},
    "environments": {"dev": {"mode": "development"}},
}  # fmt: skip
SMALL: State = {SPEC: QUIET}
LOOSER = put("validation", "gates", 0, "minimum", value=0.5)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    made = History(tmp_path_factory.mktemp("plan") / "repository", SMALL)
    made.edit(LOOSER)
    made.edit(comment())
    return made


@pytest.mark.xdist_group("plan")
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["--base", "HEAD", "--head", "HEAD", "--detailed-exitcode"], 0, "no effect", id="nothing"),
        pytest.param(["--base", "HEAD~2", "--head", "HEAD"], 0, "gate `roc_auc` loosened", id="something"),
        pytest.param(
            ["--base", "HEAD~2", "--head", "HEAD", "--detailed-exitcode"], 3, "risk: low", id="said by the code"
        ),
        pytest.param(["--base", "HEAD~1", "--detailed-exitcode"], 3, "only the index", id="a text alone"),
        pytest.param(["--base", "nowhere"], 2, "is no commit", id="no such revision"),
        pytest.param(["--base=--output=/tmp/x"], 2, "is no commit", id="a revision that looks like an option"),
        pytest.param(["--base", "HEAD~2", "--env", "production"], 0, "no effect", id="another environment"),
        pytest.param(["specs/fraud/mlproject.yaml", "--base", "HEAD~2"], 0, "loosened", id="one spec"),
        pytest.param(["--base", "HEAD~2", "--format", "markdown"], 0, "## Plan: low risk", id="Markdown"),
    ],
)
def test_the_command(history: History, arguments: list[str], code: int, said: str) -> None:
    done = mlproject("plan", *arguments, cwd=history.root)
    assert (done.returncode, said in done.stdout + done.stderr) == (code, True), done.stdout + done.stderr


@pytest.mark.xdist_group("plan")
def test_what_was_approved_is_what_lands(history: History, tmp_path: Path) -> None:
    kept = tmp_path / "plan.json"
    base, head, _ = history.commits
    made = mlproject("plan", "--base", base, "--head", head, "--out", str(kept), "--format", "json", cwd=history.root)
    assert json.loads(made.stdout) == json.loads(kept.read_text())
    # Squashed onto another commit: other revisions, the same effect.
    history.git("branch", "-f", "landed", base)
    tree = history.git("rev-parse", f"{head}^{{tree}}")
    landed = history.git("commit-tree", tree, "-p", base, "-m", "squashed")
    assert landed != head
    same = mlproject("plan", "--base", base, "--head", landed, "--check", str(kept), cwd=history.root)
    assert (same.returncode, "this is the plan that was approved" in same.stderr) == (0, True)
    more = mlproject("plan", "--base", base, "--head", history.commits[2], "--check", str(kept), cwd=history.root)
    assert (more.returncode, "there, and not approved" in more.stderr) == (3, True)


def test_a_spec_that_does_not_compile_has_no_plan(tmp_path: Path) -> None:
    made = History(tmp_path, SMALL)
    made.edit(put("training", "algorithm", value="nonsense"))
    done = mlproject("plan", "--base", "HEAD~1", "--head", "HEAD", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    back = mlproject("plan", "--base", "HEAD", "--head", "HEAD~1", cwd=tmp_path)
    assert back.returncode == 0


def test_what_a_hand_wrote_into_generated_is_said(tmp_path: Path) -> None:
    made = History(tmp_path, {**SMALL, "generated/dev/fraud/pipeline.yaml": "a: 1\n", "generated/repository/dev.yaml": ""})
    made.state["generated/dev/fraud/pipeline.yaml"] = "a: 2\n"
    plan = made.plan(made.commits[0], made.edit()).document
    assert plan is not None
    assert [one["message"] for one in plan["repository"]["meanings"]] == [
        "`generated/dev/fraud` differs, and no spec accounts for it"]  # fmt: skip
    with_its_spec = made.plan(made.commits[0], made.edit(LOOSER)).document
    assert with_its_spec is not None
    assert not with_its_spec["repository"]["meanings"]


def test_a_base_that_does_not_compile_is_said(tmp_path: Path) -> None:
    made = History(tmp_path, {**SMALL, SPEC: {**QUIET, "training": {"algorithm": "nonsense"}}})
    head = made.edit(put("training", value=QUIET["training"]))
    plan = made.plan(made.commits[0], head).document
    assert plan is not None
    assert "repository/broken-before" in [one["code"] for one in plan["repository"]["meanings"]]


def test_outside_of_git_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    done = mlproject("plan", cwd=tmp_path)
    assert (done.returncode, "not a Git repository" in done.stderr) == (2, True)


def test_nothing_that_a_repository_configures_is_run(tmp_path: Path) -> None:
    made = History(tmp_path / "repository", SMALL)
    trap = tmp_path / "trap"
    script = tmp_path / "run"
    script.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n")
    script.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "diff.external",
        "core.pager",
        "core.sshCommand",
        "filter.x.smudge",
        "diff.x.textconv",
    ):
        made.git("config", key, str(script))
    (made.root / ".gitattributes").write_text("* filter=x diff=x\n")
    LOOSER(made.state)
    made.write()
    trap.unlink(missing_ok=True)
    done = mlproject("plan", cwd=made.root)
    assert (done.returncode, "loosened" in done.stdout, trap.exists()) == (0, True, False), done.stderr


@pytest.mark.parametrize("name", ["mlproject.yaml", "mlproject.lock"])
def test_a_link_in_a_commit_is_refused(tmp_path: Path, name: str) -> None:
    made = History(tmp_path, SMALL)
    link = tmp_path / "specs/fraud" / name
    link.unlink(missing_ok=True)
    link.symlink_to("/etc/passwd")
    made.git("add", "-A")
    made.git("commit", "-q", "-m", "a link")
    planned = made.plan(made.commits[0], "HEAD")
    assert planned.document is None
    assert {found.code for found in planned.diagnostics} == {"source/link"}


def test_a_tree_that_no_checkout_would_take_leads_nowhere(tmp_path: Path) -> None:
    made = History(tmp_path / "repository", SMALL)
    blob = made.git("rev-parse", f"HEAD:{SPEC}")
    inner = subprocess.run(["git", "-C", str(made.root), "mktree", "-z"], input=f"100644 blob {blob}\tescaped\0".encode(),
                           capture_output=True, check=True).stdout.decode().strip()  # fmt: skip
    # Written by hand: Git itself would refuse the name.
    body = b"40000 ..\0" + bytes.fromhex(inner)
    tree = subprocess.run(["git", "-C", str(made.root), "hash-object", "-t", "tree", "--literally", "-w", "--stdin"],
                          input=body, capture_output=True, check=True).stdout.decode().strip()  # fmt: skip
    commit = made.git("commit-tree", tree, "-m", "outside")
    target = tmp_path / "target" / "inside"
    target.mkdir(parents=True)
    git = Git(str(made.root), VARIABLES)
    assert materialise(git, commit, str(target)) is False
    assert list((tmp_path / "target").rglob("escaped")) == []


def test_a_secret_that_changes_is_not_shown(tmp_path: Path) -> None:
    secret = "ghp_abcdefghijklmnopqrstuvwxyz0123456789"
    made = History(tmp_path, SMALL)
    head = made.edit(put("data", "sources", 0, "uri", value=f"https://user:{secret}@example.org/rows/"),
                     put("metadata", "contacts", value={"slack": f"#{secret}", "runbook_owner": "risk"}))  # fmt: skip
    planned = made.plan(made.commits[0], head)
    said = json.dumps(planned.document or [found.message for found in planned.diagnostics])
    assert secret not in said


def test_a_missing_git_is_the_environments_fault() -> None:
    with pytest.raises(GitError, match="no git on the PATH"):
        Git("/", {"PATH": "/nowhere"}).commit("HEAD")
