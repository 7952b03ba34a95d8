"""The wheel alone, in an empty environment and an empty folder, is enough to work with."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.judges import require, require_crds
from tests.repositories import ROOT

CORE = (
    "pydantic",
    "pydantic_core",
    "annotated_types",
    "typing_extensions",
    "typing_inspection",
    "yaml",
    "_yaml",
    "regorus",
    "jinja2",
    "markupsafe",
    "jsonschema",
    "jsonschema_specifications",
    "referencing",
    "rpds",
    "attr",
    "attrs",
    "ruamel",
)


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return `mlproject`, installed from the wheel into an environment that sees only the core dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    venv.create(folder / "env", with_pip=False)
    site = next((folder / "env/lib").glob("python3*/site-packages"))
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(folder / "env/bin/python"),
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--disable-pip-version-check",
            *map(str, folder.glob("*.whl")),
        ],
        check=True,
    )
    ours = Path(next(path for path in sys.path if path.endswith("site-packages")))
    for name in CORE:
        for found in (*ours.glob(name), *ours.glob(f"{name}.py"), *ours.glob(f"{name}-*.dist-info")):
            if not (site / found.name).exists():
                (site / found.name).symlink_to(found)
    return folder / "env/bin/mlproject"


def _run(command: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(command), *arguments], cwd=cwd, env={"PATH": os.defpath}, check=False, capture_output=True, text=True
    )


def test_a_new_repository_and_project_compile(command: Path, tmp_path: Path) -> None:
    for arguments in (
        ("init", "--repository", "."),
        ("init", "churn", "--team", "growth"),
        ("compile",),
        ("compile", "--check"),
        ("policy", "list"),
        ("policy", "test"),
        ("explain", "promotion/chain"),
    ):
        result = _run(command, *arguments, cwd=tmp_path)
        assert result.returncode == 0, (arguments, result.stdout, result.stderr)
    assert (tmp_path / "generated/staging/churn/pipeline.yaml").is_file()
    assert (tmp_path / "specs/schema/mlproject.schema.json").is_file()


def test_a_policy_of_the_repository_is_judged_beside_the_built_in_ones(command: Path, tmp_path: Path) -> None:
    _run(command, "init", "--repository", ".", cwd=tmp_path)
    _run(command, "init", "churn", "--team", "growth", cwd=tmp_path)
    rule = tmp_path / "policies/names/no_churn.rego"
    rule.parent.mkdir(parents=True)
    rule.write_text(
        "# METADATA\n# title: No churn\n# description: Nobody likes churn.\n# custom:\n#   severity: error\n"
        "package mlproject.spec.names.no_churn\n\nimport rego.v1\n\ndeny contains finding if {\n"
        '\tinput.spec.metadata.name == "churn"\n'
        '\tfinding := {"message": "churn is not a name", "path": ["metadata", "name"]}\n}\n'
    )
    result = _run(command, "check", cwd=tmp_path)
    assert result.returncode == 1
    assert "specs/churn/mlproject.yaml:5:9" in result.stderr
    assert "churn is not a name" in result.stderr


def test_what_the_wheel_compiles_is_accepted_by_the_judges(command: Path, tmp_path: Path) -> None:
    _run(command, "init", "--repository", ".", cwd=tmp_path)
    for starter in ("minimal", "classification", "regression", "batch"):
        _run(command, "init", starter, "--team", "growth", "--starter", starter, cwd=tmp_path)
    assert _run(command, "compile", cwd=tmp_path).returncode == 0
    files = sorted((tmp_path / "generated").rglob("*.yaml"))
    folders = sorted(path for path in require_crds().iterdir() if path.is_dir() and path.name != "_schemas")
    crds = [f"--local-crds={folder}" for folder in folders]
    workflows = [path for path in files if path.name in ("pipeline.yaml", "batch.yaml")]
    for judge in ([require("kubectl-validate"), *crds, *files], [require("argo-lint"), *workflows]):
        result = subprocess.run([str(word) for word in judge], check=False, capture_output=True, text=True)
        assert result.returncode == 0, result.stdout + result.stderr
