"""What a proposal promotes is judged whoever edited the lock, by what its base says."""

import pytest

from compiler.edit.lock_text import freeze, lift, pin
from compiler.source.read import read
from tests.edit.conftest import LOCK, NOON, Repository
from tests.edit.test_promotion import promote
from tests.hosts.fakes import fake_host


def by_hand(repository: Repository, text: str, message: str = "by hand") -> None:
    (repository.root / LOCK).write_text(text)
    repository.commit(message, at=NOON)


def judged(repository: Repository, *arguments: str, **variables: str) -> tuple[int, str]:
    result = repository.run("promotions", "--base", "origin/main", *arguments, **variables)
    return result.returncode, result.stderr


def test_a_pin_by_hand_is_held_to_the_rules(repository: Repository) -> None:
    assert judged(repository) == (0, "this proposal pins no other model\n")
    model = {"version": "9", "uri": "s3://mlproject-models/employment/9/", "digest": f"sha256:{'9' * 64}"}
    by_hand(repository, pin(repository.lock(), "production", model))
    code, said = judged(repository)
    assert code == 1
    assert {line.rpartition("[")[2].rstrip("]") for line in said.splitlines() if ": error: " in line} == {
        "promotion/gates", "promotion/order", "promotion/signature", "promotion/soak"}
    assert "employment in production: none -> 9, promoted" in said


def test_a_proposal_does_not_choose_its_rules(repository: Repository) -> None:
    promote(repository, "7")
    repository.git("push", "--quiet", "origin", "main")
    spec = repository.root / "specs/employment/mlproject.yaml"
    spec.write_text(spec.read_text().replace("soak: 24h", "soak: 1s").replace("promotes_from: staging, ", ""))
    model = {**promoted(repository)}
    by_hand(repository, pin(repository.lock(), "production", model))
    code, said = judged(repository)
    assert code == 1
    assert "`staging` has no model yet, and `production` takes its models from there" in said


def promoted(repository: Repository) -> dict[str, object]:
    document, _ = read(repository.lock().encode(), "")
    assert document is not None
    return dict(document.data["environments"]["dev"])


def test_what_served_before_may_come_back(repository: Repository) -> None:
    promote(repository, "1")
    promote(repository, "2")
    repository.git("push", "--quiet", "origin", "main")
    assert repository.run("rollback", "employment", "--env", "dev", "--commit").returncode == 0
    code, said = judged(repository)
    assert code == 0
    assert "employment in dev: 2 -> 1, which served there before" in said


def test_a_freeze_is_that_of_the_base(repository: Repository) -> None:
    by_hand(repository, freeze(repository.lock(), "dev", {"reason": "audit"}))
    repository.git("push", "--quiet", "origin", "main")
    by_hand(repository, lift(repository.lock(), "dev"))
    promote(repository, "7")
    code, said = judged(repository)
    assert (code, "`dev` is frozen: audit" in said) == (1, True)


@pytest.mark.parametrize(("approved", "code"), [(("ben",), 1), (("ben", "cleo"), 0)])
def test_the_host_counts_approvals(repository: Repository, approved: tuple[str, ...], code: int) -> None:
    promote(repository, "7")
    assert repository.run("promote", "employment", "--to", "staging", "--commit").returncode == 0
    repository.git("push", "--quiet", "origin", "main")
    assert repository.run("promote", "employment", "--to", "production").returncode == 0
    repository.commit("a promotion", at=NOON)
    with fake_host("gitlab") as fake:
        fake.requests[1] = {"author": {"username": "ada"}}
        fake.reviews[1] = [{"user": {"username": name}} for name in (*approved, "ada")]
        found, said = judged(repository, "--request", "1", "--repository", "https://gitlab.com/acme/gitops.git",
                             **fake.variables)
    assert found == code, said
    assert ("1 approve of this, `production` asks for 2" in said) == bool(code)
