"""A promotion that others approve: a branch and a request, from a checkout of its own."""

import subprocess

import pytest

from tests.edit.conftest import Repository
from tests.edit.test_promotion import promote
from tests.hosts.fakes import fake_host


def on_branch(repository: Repository, *arguments: str) -> str:
    finished = subprocess.run(["git", "-C", repository.remote, *arguments], check=True, capture_output=True, text=True)
    return finished.stdout


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_a_promotion_becomes_a_request(repository: Repository, kind: str) -> None:
    promote(repository, "7")
    assert repository.run("promote", "employment", "--to", "staging", "--commit").returncode == 0
    address = f"https://{kind}.com/acme/gitops.git"
    repository.git("config", f"url.{repository.remote}.insteadOf", address)
    repository.git("remote", "set-url", "origin", address)
    before = repository.git("rev-parse", "HEAD"), repository.lock(), repository.generated()
    (repository.root / "notes.txt").write_text("work in progress")
    with fake_host(kind) as fake:
        result = repository.run("promote", "employment", "--to", "production", "--pull-request", **fake.variables)
        assert result.returncode == 0, result.stderr
        assert "Request:  https://example.org/requests/1" in result.stdout
        assert fake.requests[1]["title"] == "promote: employment 7 to production"
        again = repository.run("promote", "employment", "--to", "production", "--pull-request", **fake.variables)
        assert again.returncode == 0, again.stderr
        assert len(fake.requests) == 1
    assert (repository.git("rev-parse", "HEAD"), repository.lock(), repository.generated()) == before
    assert repository.git("status", "--porcelain") == "?? notes.txt\n"
    assert repository.git("worktree", "list").count("\n") == 1
    changed = on_branch(repository, "diff", "--name-only", "main...promote/employment/production").splitlines()
    assert "specs/employment/mlproject.lock" in changed
    assert "generated/production/employment/serving.yaml" in changed
    assert all(path.startswith(("specs/employment/", "generated/")) for path in changed)


def test_without_a_host_that_is_known_the_branch_is_pushed(repository: Repository) -> None:
    result = repository.run("promote", "employment", "--to", "dev", "--from-version", str(repository.model("7")),
                            "--pull-request")
    assert result.returncode == 0, result.stderr
    assert "open the request by hand" in result.stderr
    assert "promote/employment/dev" in on_branch(repository, "branch", "--list")


def test_without_a_token_nothing_is_pushed(repository: Repository) -> None:
    repository.git("remote", "set-url", "origin", "https://github.com/acme/gitops.git")
    result = repository.run("promote", "employment", "--to", "dev", "--from-version", str(repository.model("7")),
                            "--pull-request")
    assert result.returncode == 2
    assert "set GITHUB_TOKEN" in result.stderr
