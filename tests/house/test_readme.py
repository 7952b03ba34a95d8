"""What README shows is what the command prints."""

from pathlib import Path

from tests.repositories import ROOT, copy_of_examples, mlproject

README = (ROOT / "README.md").read_text()


def test_the_explained_value_is_what_explain_prints() -> None:
    result = mlproject("explain", "specs/employment", "dev", "deployment.scaling.minimum", cwd=ROOT)
    assert f"$ mlproject explain specs/employment dev deployment.scaling.minimum\n{result.stdout}```" in README


def test_the_mistake_is_what_check_prints(tmp_path: Path) -> None:
    repository = copy_of_examples(tmp_path)
    spec = repository / "specs/employment/mlproject.yaml"
    spec.write_text(spec.read_text().replace("  hardware: {cpu: 4", "  hardwre: {cpu: 4", 1))
    printed = mlproject("check", "specs/employment", cwd=repository).stderr.removesuffix("1 error\n")
    assert f"$ mlproject check specs/employment\n{printed}```" in README
