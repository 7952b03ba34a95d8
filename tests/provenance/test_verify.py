"""What verify must see, and what must never pass for a signature."""

import subprocess
from pathlib import Path

import pytest

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.provenance.statement import statement_of
from compiler.provenance.tree import look
from compiler.provenance.verifying import Signed, signed
from tests.edit.conftest import Repository

SERVING = "generated/dev/employment/pipeline.yaml"


def codes(found: tuple[Diagnostic, ...]) -> list[tuple[str, str]]:
    return [(one.code.partition("/")[2], one.span.file.partition("generated/")[2] if one.span else "") for one in found]


def test_what_the_compiler_wrote_is_verified(repository: Repository) -> None:
    result = repository.run("verify")
    assert result.returncode == 0, result.stderr
    assert "are what the specs compile to; not signed: who made them is not known" in result.stderr


def _edit(root: Path) -> None:
    (root / SERVING).write_text((root / SERVING).read_text() + "# by hand\n")


def _remove(root: Path) -> None:
    (root / SERVING).unlink()


def _add(root: Path) -> None:
    (root / "generated/dev/employment/backdoor.yaml").write_text("kind: Secret\n")


def _add_folder(root: Path) -> None:
    (root / "generated/dev/other").mkdir()
    (root / "generated/dev/other/backdoor.yaml").write_text("kind: Secret\n")


def _link(root: Path) -> None:
    (root / SERVING).rename(root / "elsewhere.yaml")
    (root / SERVING).symlink_to(root / "elsewhere.yaml")


def _executable(root: Path) -> None:
    (root / SERVING).chmod(0o755)


def _break_index(root: Path) -> None:
    (root / "generated/dev/employment/index.json").write_text("{}")


@pytest.mark.parametrize(("tamper", "expected"), [
    pytest.param(_edit, [("changed", "dev/employment/pipeline.yaml")], id="one file changed"),
    pytest.param(_remove, [("missing", "dev/employment/pipeline.yaml")], id="one file gone"),
    pytest.param(_add, [("unlisted", "dev/employment/backdoor.yaml")], id="one file more"),
    pytest.param(_add_folder, [("unlisted", "dev/other/backdoor.yaml")], id="one folder more"),
    pytest.param(_link, [("missing", "dev/employment/pipeline.yaml"), ("not-a-file", "dev/employment/pipeline.yaml")],
                 id="a link"),
    pytest.param(_executable, [("mode", "dev/employment/pipeline.yaml")], id="executable"),
])
def test_what_was_tampered_with_is_named(repository: Repository, tamper: object, expected: list[object]) -> None:
    assert callable(tamper)
    tamper(repository.root)
    assert codes(look(str(repository.root / "generated")).diagnostics) == expected


def test_a_folder_without_an_index_that_is_ours_is_unlisted(repository: Repository) -> None:
    _break_index(repository.root)
    found = codes(look(str(repository.root / "generated")).diagnostics)
    assert ("unlisted", "dev/employment/index.json") in found
    assert ("unlisted", "dev/employment/pipeline.yaml") in found


def test_files_and_index_that_were_replaced_together_are_seen_by_a_new_compile(repository: Repository) -> None:
    spec = repository.root / "specs/employment/mlproject.yaml"
    said = spec.read_text()
    spec.write_text(said.replace("roc_auc, minimum: 0.88", "roc_auc, minimum: 0.5"))
    assert repository.run("compile").returncode == 0
    spec.write_text(said)
    assert look(str(repository.root / "generated")).diagnostics == ()
    result = repository.run("verify")
    assert result.returncode == 1
    assert "[provenance/stale]" in result.stderr
    assert "generated/dev/employment/pipeline.yaml" in result.stderr


def test_a_signature_is_made_and_verified(repository: Repository, keys: Path) -> None:
    assert repository.run("sign", "--key", str(keys / "ci")).returncode == 0
    asked = ("verify", "--allowed-signers", str(keys / "signers"), "--identity", "ci@example.org")
    result = repository.run(*asked)
    assert result.returncode == 0, result.stderr
    assert "signed by ci@example.org" in result.stderr
    (repository.root / "provenance.json.sig").unlink()
    stripped = repository.run(*asked)
    assert stripped.returncode == 1
    assert "[provenance/signature]" in stripped.stderr
    assert repository.run("verify", "--identity", "ci@example.org").returncode == 2


def test_nothing_is_signed_that_is_not_verified(repository: Repository, keys: Path) -> None:
    _add(repository.root)
    result = repository.run("sign", "--key", str(keys / "ci"))
    assert result.returncode == 1
    assert "nothing was signed" in result.stderr
    assert not (repository.root / "provenance.json").exists()


def _sign(content: bytes, key: Path, namespace: str) -> bytes:
    return subprocess.run(["ssh-keygen", "-Y", "sign", "-q", "-n", namespace, "-f", key], input=content, check=True,
                          capture_output=True).stdout


@pytest.mark.parametrize("case", ["right", "stripped", "empty", "other identity", "other key", "one byte changed",
                                  "other namespace", "another tree", "signer who is not allowed"])
def test_what_passes_for_a_signature(repository: Repository, keys: Path, tmp_path: Path, case: str) -> None:
    tree = look(str(repository.root / "generated"))
    content = statement_of(tree)
    key = "mallory" if case in ("other identity", "other key") else "ci"
    signature = _sign(content, keys / key, "git" if case == "other namespace" else "mlproject-generated")
    identity = "mallory@example.org" if case == "signer who is not allowed" else "ci@example.org"
    place, signed_by, signers = tmp_path / "provenance.json", tmp_path / "provenance.json.sig", keys / "signers"
    if case == "one byte changed":
        content = content.replace(b'"files": ', b'"files":  ')
    if case == "another tree":
        _add_folder(repository.root)
        index = repository.root / "generated/dev/employment/index.json"
        index.write_text(index.read_text().replace('"compiler": "', '"compiler": "9'))
        tree = look(str(repository.root / "generated"))
    if case == "signer who is not allowed":
        signers = tmp_path / "signers"
        signers.write_text("".join((keys / "signers").read_text().splitlines(True)[:1]))
    place.write_bytes(content)
    if case != "stripped":
        signed_by.write_bytes(b"" if case == "empty" else signature)
    found = tuple(signed(tree, Signed(str(place), str(signed_by), str(signers), identity)))
    wanted = {"right": [], "one byte changed": ["provenance/statement", "provenance/signature"],
              "another tree": ["provenance/statement"]}
    assert [one.code for one in found] == wanted.get(case, ["provenance/signature"])
