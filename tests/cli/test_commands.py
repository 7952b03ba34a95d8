"""Help, usage, explain, schema, completion, init."""

import json
from pathlib import Path

import jsonschema
import pytest

from compiler.pages import codes, page_of
from compiler.source.read import read
from tests.repositories import ROOT, mlproject


def test_help_lists_every_command() -> None:
    result = mlproject("--help", cwd=ROOT)
    assert result.returncode == 0
    for command in ("init", "check", "compile", "explain", "graph", "policy", "schema", "crds", "completion"):
        assert f"\n  {command} " in result.stdout


@pytest.mark.parametrize(
    "command", ["init", "check", "compile", "explain", "graph", "policy", "schema", "crds", "completion"]
)
def test_every_command_has_help(command: str) -> None:
    result = mlproject(command, "--help", cwd=ROOT)
    assert result.returncode == 0
    assert result.stdout.startswith(f"usage: mlproject {command}")


def test_a_misspelt_command_gets_a_suggestion() -> None:
    result = mlproject("complie", cwd=ROOT)
    assert result.returncode == 2
    assert "did you mean `compile`?" in result.stderr


def test_explain_prints_a_value_with_every_layer() -> None:
    result = mlproject("explain", "specs/employment", "dev", "deployment.scaling.minimum", cwd=ROOT)
    assert result.returncode == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "deployment.scaling.minimum = 1"
    assert [line.split(None, 1)[1].split(" (")[0].strip() for line in lines[1:-1]] == [
        "built-in",
        "tier critical",
        "spec",
    ]
    assert lines[-1].startswith(" * 1")
    assert "specs/employment/mlproject.yaml:" in lines[-1]


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_code_has_a_page(code: str) -> None:
    assert page_of(code)


def test_explain_prints_a_page_and_suggests() -> None:
    assert "promotes_from" in mlproject("explain", "promotion/chain", cwd=ROOT).stdout
    result = mlproject("explain", "promotion/chian", cwd=ROOT)
    assert result.returncode == 2
    assert "did you mean `promotion/chain`?" in result.stderr


def test_the_schema_accepts_our_specs_and_refuses_a_typo() -> None:
    schema = json.loads(mlproject("schema", cwd=ROOT).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for spec in sorted(ROOT.glob("specs/*/mlproject.yaml")):
        document, _ = read(spec.read_bytes(), str(spec))
        assert document is not None
        assert [error.message for error in validator.iter_errors(document.data)] == [], spec
        assert not validator.is_valid(document.data | {"trainin": {}})


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_commands_and_options(shell: str) -> None:
    script = mlproject("completion", shell, cwd=ROOT).stdout
    assert "compile" in script
    assert "check" in script


@pytest.mark.parametrize("starter", ["minimal", "classification", "regression", "batch"])
def test_a_starter_compiles_at_once(tmp_path: Path, starter: str) -> None:
    assert mlproject("init", "--repository", ".", cwd=tmp_path).returncode == 0
    assert mlproject("init", "churn", "--team", "growth", "--starter", starter, cwd=tmp_path).returncode == 0
    result = mlproject("compile", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "generated/dev/churn/pipeline.yaml").is_file()


def test_init_never_overwrites(tmp_path: Path) -> None:
    mlproject("init", "churn", cwd=tmp_path)
    result = mlproject("init", "churn", cwd=tmp_path)
    assert result.returncode == 2
    assert "exists" in result.stderr
