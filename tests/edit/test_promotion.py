"""Promotion, rollback and freeze, with real Git, real signatures and real compiles."""

import json

import pytest

from tests.edit.conftest import NOON, Repository

HOUR, DAY = 3600, 86_400


def promote(repository: Repository, version: str, *, at: int = NOON) -> None:
    """Promote a new model to dev, as a commit."""
    result = repository.run("promote", "employment", "--to", "dev", "--from-version", str(repository.model(version)),
                            "--commit", at=at)
    assert result.returncode == 0, result.stderr


def test_a_model_goes_through_the_chain_and_back(repository: Repository) -> None:
    first = repository.generated()
    promote(repository, "7")
    dev = repository.generated()
    result = repository.run("promote", "employment", "--to", "staging", "--commit")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("promote: employment 7 to staging\nModel:    sha256:")
    assert "From:     dev" in result.stdout
    assert repository.git("status", "--porcelain") == ""
    assert repository.run("compile", "--check").returncode == 0
    staging = repository.generated()
    changed = {path for path in staging if staging[path] != dev.get(path)}
    assert "staging/employment/serving.yaml" in changed
    assert all(path.startswith("staging/") or path.endswith("/index.json") for path in changed)
    repository.git("revert", "--no-edit", "HEAD")
    assert repository.generated() == dev
    repository.git("revert", "--no-edit", "HEAD~2")
    assert repository.generated() == first


def test_a_rollback_restores_every_byte_and_a_second_goes_further_back(repository: Repository) -> None:
    states = []
    for version in ("1", "2", "3"):
        promote(repository, version)
        states.append((repository.lock(), repository.generated()))
    for lock, generated in (states[1], states[0]):
        result = repository.run("rollback", "employment", "--env", "dev", "--commit")
        assert result.returncode == 0, result.stderr
        assert (repository.lock(), repository.generated()) == (lock, generated)
    result = repository.run("rollback", "employment", "--env", "dev")
    assert result.returncode == 1
    assert "Git knows no model that `dev` served before this one" in result.stderr
    assert "it served 2, 3" in result.stderr or "it served" in result.stderr
    assert repository.run("rollback", "employment", "--env", "dev", "--to", "3").returncode == 0
    assert (repository.lock(), repository.generated()) == states[2]


def test_what_is_already_so_is_no_change(repository: Repository) -> None:
    promote(repository, "7")
    head = repository.git("rev-parse", "HEAD")
    again = repository.run("promote", "employment", "--to", "dev", "--from-version",
                           str(repository.models / "7.json"), "--commit")
    assert (again.returncode, again.stdout) == (0, "")
    assert "nothing to do" in again.stderr
    assert repository.git("rev-parse", "HEAD") == head


def refused(repository: Repository, *arguments: str, code: str, exit: int = 1) -> str:
    """Run a command that must be refused with a code, and change nothing; return what it said."""
    before = repository.lock(), repository.generated(), repository.git("rev-parse", "HEAD")
    result = repository.run(*arguments)
    assert f"[{code}]" in result.stderr, result.stderr
    assert result.returncode == exit
    assert "help:" in result.stderr or code.startswith("spec/")
    assert (repository.lock(), repository.generated(), repository.git("rev-parse", "HEAD")) == before
    return result.stderr


def test_the_chain_says_no(repository: Repository) -> None:
    file = repository.model("8")
    said = refused(repository, "promote", "employment", "--to", "staging", "--from-version", str(file),
                   code="promotion/order")
    assert "staging: {promotes_from: dev}" in said
    assert "promote version 8 to `dev` first" in said
    promote(repository, "7")
    said = refused(repository, "promote", "employment", "--to", "staging", "--from-version", str(file),
                   code="promotion/order")
    assert "version 8 is not what `dev` serves: that is version 7" in said
    refused(repository, "promote", "employment", "--to", "staging", "--version", "8", code="promotion/order")
    refused(repository, "promote", "employment", "--to", "production", code="promotion/no-model")
    refused(repository, "promote", "employment", "--to", "dev", code="promotion/no-model")


@pytest.mark.parametrize(("verdict", "said"), [
    pytest.param("stop", "the gates said `stop` of version 7, expected `pass`", id="did not pass"),
    pytest.param(None, "what the gates said of version 7 is not known", id="not known"),
])
def test_the_gates_say_no(repository: Repository, verdict: str | None, said: str) -> None:
    file = repository.model("7", verdict=verdict)
    assert said in refused(repository, "promote", "employment", "--to", "dev", "--from-version", str(file),
                           code="promotion/gates")


def test_a_verdict_file_says_what_a_model_that_is_named_lacks(repository: Repository) -> None:
    said = json.loads(repository.model("7", verdict=None).read_text())
    verdict = repository.models / "verdict.json"
    verdict.write_text(json.dumps({"verdict": "pass"}))
    result = repository.run("promote", "employment", "--to", "dev", "--version", "7", "--uri", said["uri"],
                            "--digest", said["digest"], "--verdict", str(verdict))
    assert result.returncode == 0, result.stderr
    assert "gates:\n      verdict: pass\n      digest: sha256:" in repository.lock()


def test_the_soak_time_is_not_over(repository: Repository) -> None:
    now = NOON
    promote(repository, "7", at=now)
    assert repository.run("promote", "employment", "--to", "staging", "--commit", at=4_000_000_000).returncode == 0
    said = refused(repository, "promote", "employment", "--to", "production", code="promotion/soak")
    assert "this model has been in `staging` for 0s, expected 24h" in said
    assert "soak: 24h" in said
    assert "promote it after 2096-10-03 07:06 UTC" in said


def test_what_is_not_committed_does_not_soak(repository: Repository) -> None:
    assert repository.run("promote", "employment", "--to", "dev", "--from-version",
                          str(repository.model("7"))).returncode == 0
    said = refused(repository, "promote", "employment", "--to", "staging", code="promotion/soak")
    assert "Git does not know since when `dev` has this model" in said


def test_approvals_are_missing(repository: Repository) -> None:
    promote(repository, "7")
    assert repository.run("promote", "employment", "--to", "staging", "--commit").returncode == 0
    said = refused(repository, "promote", "employment", "--to", "production", "--commit", code="promotion/approvals")
    assert "`production` asks for 2 approvals" in said


def test_an_environment_is_frozen_and_lifted(repository: Repository) -> None:
    promote(repository, "6")
    promote(repository, "7")
    before = repository.lock()
    assert repository.run("freeze", "employment", "--env", "dev", "--reason", "audit: wait", "--commit").returncode == 0
    file = str(repository.model("8"))
    said = refused(repository, "promote", "employment", "--to", "dev", "--from-version", file, code="promotion/frozen")
    assert "`dev` is frozen: audit: wait" in said
    assert "specs/employment/mlproject.lock:" in said
    assert repository.run("rollback", "employment", "--env", "dev").returncode == 0
    repository.git("checkout", "--quiet", ".")
    assert repository.run("freeze", "employment", "--env", "dev", "--lift", "--commit").returncode == 0
    assert repository.lock() == before
    refused(repository, "freeze", "employment", "--env", "dev", "--lift", code="promotion/not-frozen", exit=2)
    assert repository.run("freeze", "employment", "--env", "dev", "--reason", "gone", "--until", "2001-01-01",
                          "--commit").returncode == 0
    assert repository.run("promote", "employment", "--to", "dev", "--from-version", file).returncode == 0


def test_a_freeze_is_held_to_the_language(repository: Repository) -> None:
    refused(repository, "freeze", "employment", "--env", "dev", "--reason", "x", "--until", "soon",
            code="spec/invalid-value")


def test_the_signature_does_not_verify(repository: Repository) -> None:
    file = repository.model("7", is_signed=False)
    arguments = ("promote", "employment", "--to", "dev", "--from-version", str(file))
    assert "is not signed" in refused(repository, *arguments, code="promotion/signature")
    other = repository.model("8")
    (repository.models / "employment/8/model.onnx").write_bytes(b"weights of 9")
    arguments = ("promote", "employment", "--to", "dev", "--from-version", str(other))
    said = refused(repository, *arguments, code="promotion/signature")
    assert "`model.onnx` was changed" in said
    assert "specs/employment/mlproject.yaml:" in said
    said = refused(repository, *arguments, "--keys", str(repository.models), code="promotion/signature")
    assert "there is no key to verify the signature with" in said


def test_files_that_cannot_be_reached_are_not_verified(repository: Repository) -> None:
    file = repository.model("7")
    (repository.models / "employment").rename(repository.models / "elsewhere")
    said = refused(repository, "promote", "employment", "--to", "dev", "--from-version", str(file),
                   code="promotion/signature")
    assert "cannot be verified" in said


def test_a_commit_holds_the_promotion_alone(repository: Repository) -> None:
    file = str(repository.model("7"))
    arguments = ("promote", "employment", "--to", "dev", "--from-version", file, "--commit")
    spec = repository.root / "specs/employment/mlproject.yaml"
    spec.write_text(spec.read_text().replace("roc_auc, minimum: 0.88", "roc_auc, minimum: 0.89"))
    refused(repository, *arguments, code="promotion/uncommitted")
    repository.commit("a threshold, and nothing compiled", at=NOON)
    refused(repository, *arguments, code="promotion/stale")


def test_names_are_suggested(repository: Repository) -> None:
    file = str(repository.model("7"))
    said = refused(repository, "promote", "employment", "--to", "stagin", "--from-version", file, exit=2,
                   code="promotion/environment")
    assert "did you mean `staging`?" in said
    said = refused(repository, "promote", "employmint", "--to", "dev", "--from-version", file, exit=2,
                   code="promotion/project")
    assert "did you mean `employment`?" in said
    refused(repository, "promote", "../employment", "--to", "dev", exit=2, code="promotion/project")


@pytest.mark.parametrize("content", ["[]", "{", '{"version": 7}', '{"version": "7", "uri": "s3://x/", "digest": "x"}'])
def test_a_version_file_is_untrusted(repository: Repository, content: str) -> None:
    file = repository.models / "bad.json"
    repository.models.mkdir()
    file.write_text(content)
    result = repository.run("promote", "employment", "--to", "dev", "--from-version", str(file))
    assert result.returncode in (1, 2), result.stderr
    assert "bad.json:1:1: error" in result.stderr
