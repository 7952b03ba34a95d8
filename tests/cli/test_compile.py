"""What someone sees who runs `mlproject compile` and `mlproject check`."""

import json
import os
from pathlib import Path

import pytest

from tests.repositories import copy_of_examples, mlproject, tree


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repository = copy_of_examples(tmp_path_factory.mktemp("compiled"))
    result = mlproject("compile", cwd=repository)
    assert result.returncode == 0, result.stderr
    return repository


def test_a_compile_writes_one_folder_an_environment_and_project(compiled: Path) -> None:
    index = json.loads((compiled / "generated/production/employment/index.json").read_text())
    assert set(index["files"]) >= {"access.yaml", "delivery.yaml", "monitoring.yaml", "pipeline.yaml", "secrets.yaml"}
    assert set(index["inputs"]) == {"mlproject.yaml", "mlproject.lock", "defaults.yaml"}


def test_a_second_compile_changes_no_byte_and_no_mtime(compiled: Path) -> None:
    generated = compiled / "generated"
    before = {path: path.stat().st_mtime_ns for path in generated.rglob("*")}
    result = mlproject("compile", cwd=compiled)
    assert "0 files written" in result.stderr
    assert {path: path.stat().st_mtime_ns for path in generated.rglob("*")} == before


def test_check_is_content_with_a_fresh_tree(compiled: Path) -> None:
    assert mlproject("compile", "--check", cwd=compiled).returncode == 0


def test_check_exits_3_when_a_file_was_edited(tmp_path: Path) -> None:
    repository = copy_of_examples(tmp_path)
    mlproject("compile", "--select", "digits", cwd=repository)
    edited = repository / "generated/dev/digits/pipeline.yaml"
    edited.write_text(edited.read_text() + "# mine\n")
    result = mlproject("compile", "--check", "--select", "digits", cwd=repository)
    assert result.returncode == 3
    assert "edited" in result.stderr
    assert "dev/digits/pipeline.yaml" in result.stderr


def test_diff_prints_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    repository = copy_of_examples(tmp_path)
    result = mlproject("compile", "--diff", "--select", "digits", cwd=repository)
    assert result.returncode == 0
    assert "+++ b/generated/dev/digits/pipeline.yaml" in result.stdout
    assert not (repository / "generated").exists()


def test_env_and_select_choose(tmp_path: Path) -> None:
    repository = copy_of_examples(tmp_path)
    assert mlproject("compile", "--env", "staging", "--select", "employment", cwd=repository).returncode == 0
    assert sorted(path.name for path in (repository / "generated").iterdir() if path.is_dir()) == ["staging"]


def test_out_writes_elsewhere(tmp_path: Path) -> None:
    repository = copy_of_examples(tmp_path / "repository")
    assert mlproject("compile", "--select", "digits", "--out", str(tmp_path / "there"), cwd=repository).returncode == 0
    assert (tmp_path / "there/dev/digits/pipeline.yaml").is_file()


def test_an_error_leaves_everything_as_it_was(tmp_path: Path) -> None:
    repository = copy_of_examples(tmp_path)
    assert mlproject("compile", cwd=repository).returncode == 0
    before = tree(repository / "generated")
    spec = repository / "specs/digits/mlproject.yaml"
    spec.write_text(spec.read_text().replace("training:", "trainin:"))
    result = mlproject("compile", cwd=repository)
    assert result.returncode == 1
    assert "specs/digits/mlproject.yaml:11:1: error: unknown key `trainin`" in result.stderr
    assert "did you mean `training`?" in result.stderr
    assert tree(repository / "generated") == before


def test_a_removed_project_is_pruned_by_a_whole_compile(tmp_path: Path) -> None:
    repository = copy_of_examples(tmp_path)
    assert mlproject("compile", cwd=repository).returncode == 0
    os.remove(repository / "specs/digits/mlproject.yaml")
    assert mlproject("compile", "--check", cwd=repository).returncode == 3
    assert mlproject("compile", cwd=repository).returncode == 0
    assert not (repository / "generated/dev/digits").exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("a: &x 1\nb: *x\n", 2, id="an anchor is unsafe input"),
        pytest.param("a: 1\na: 2\n", 2, id="a duplicate key is unsafe input"),
        pytest.param("[]\n", 1, id="a list is no spec"),
        pytest.param("apiVersion: mlproject.dev/v1alpha1\n", 1, id="a spec without a project"),
    ],
)
def test_bad_input_has_its_exit_code(tmp_path: Path, text: str, code: int) -> None:
    spec = tmp_path / "specs/x/mlproject.yaml"
    spec.parent.mkdir(parents=True)
    spec.write_text(text)
    result = mlproject("check", cwd=tmp_path)
    assert result.returncode == code, result.stderr
    assert "specs/x/mlproject.yaml:" in result.stderr
    assert "Traceback" not in result.stderr


def test_check_prints_json_for_machines(tmp_path: Path) -> None:
    repository = copy_of_examples(tmp_path)
    spec = repository / "specs/digits/mlproject.yaml"
    spec.write_text(spec.read_text().replace("metric: accuracy", "metrc: accuracy"))
    result = mlproject("check", "--format", "json", cwd=repository)
    assert result.returncode == 1
    assert "spec/unknown-key" in json.dumps(json.loads(result.stdout))


def test_strict_turns_warnings_into_a_refusal(tmp_path: Path) -> None:
    repository = copy_of_examples(tmp_path)
    assert mlproject("check", "specs/employment", cwd=repository).returncode == 0
    result = mlproject("check", "--strict", "specs/employment", cwd=repository)
    assert result.returncode == 1
    assert "release/gradual-rollout" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message", "help"),
    [
        (("--env", "stagin"), "no project has an environment `stagin`", "did you mean `staging`?"),
        (("--select", "digit"), "no project is called `digit`", "did you mean `digits`?"),
    ],
)
def test_a_selection_that_nothing_matches_is_wrong_use(
    tmp_path: Path, arguments: tuple[str, str], message: str, help: str
) -> None:
    result = mlproject("compile", *arguments, cwd=copy_of_examples(tmp_path))
    assert result.returncode == 2
    assert message in result.stderr
    assert help in result.stderr


def test_a_misspelt_environment_of_the_organisation_is_found(tmp_path: Path) -> None:
    repository = copy_of_examples(tmp_path)
    defaults = repository / "specs/defaults.yaml"
    defaults.write_text(defaults.read_text().replace("  production:\n", "  prodction:\n"))
    found = mlproject("check", cwd=repository).stderr
    assert "  prodction:" in found
    assert "warning: no project has the environment `prodction` [spec/unknown-key]" in found
    assert "did you mean `production`?" in found
    # Other projects, which were not read, may have it.
    assert "no project has" not in mlproject("check", "specs/digits", cwd=repository).stderr
