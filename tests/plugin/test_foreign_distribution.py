"""A distribution that is not ours adds a target, a gate and a check by one file each."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.repositories import ROOT, copy_of_examples, mlproject

PYPROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "acme-mlproject"
version = "1.0"
[project.entry-points."mlproject.targets.serving"]
acme = "acme_mlproject.serving"
[project.entry-points."mlproject.kinds.gates"]
energy = "acme_mlproject.energy"
[project.entry-points."mlproject.checks"]
naming = "acme_mlproject.naming"
"""
SERVING = """
from compiler.artifact.artifact import Manifest
from compiler.targets.interface import Target
from compiler.targets.kubernetes.metadata import metadata, object_name


def render(plan):
    body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata(plan, object_name(plan, "acme"), "serving"),
            "data": {"tool": "acme"}}
    yield Manifest("serving", body, plan.service.origin)


TARGET = Target("acme", render)
"""
ENERGY = """
from typing import Literal, Required

from typing_extensions import TypedDict

from compiler.ir.pipeline import Gate
from compiler.kinds.interface import GateKind


class Energy(TypedDict, total=False):
    kind: Required[Literal["energy"]]
    maximum_joules: Required[int]


def lower(project, parameters, at):
    return Gate("energy", "energy", "block", {"maximum_joules": parameters["maximum_joules"]}, at)


KIND = GateKind("energy", Energy, lower)
"""
NAMING = """
from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import error


def naming(project):
    if "ai" not in project.name:
        yield error("acme/naming", f"`{project.name}` lacks the letters ai", at=("metadata", "name"))


CHECK = Check("acme/naming", naming)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> str:
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("installed")
    (source / "pyproject.toml").write_text(PYPROJECT)
    package = source / "acme_mlproject"
    package.mkdir()
    (package / "__init__.py").touch()
    for name, text in (("serving", SERVING), ("energy", ENERGY), ("naming", NAMING)):
        (package / f"{name}.py").write_text(text)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--no-index",
            "--disable-pip-version-check",
            "--target",
            str(target),
            str(source),
        ],
        check=True,
    )
    return str(target)


def _path(installed: str) -> dict[str, str]:
    return {"PYTHONPATH": f"{ROOT}:{installed}"}


def test_a_foreign_target_and_gate_are_used_by_name(installed: str, tmp_path: Path) -> None:
    repository = copy_of_examples(tmp_path)
    spec = repository / "specs/digits/mlproject.yaml"
    spec.write_text(spec.read_text() + "    - {kind: energy, maximum_joules: 5}\ndeployment: {serving: {with: acme}}\n")
    result = mlproject("compile", "specs/digits", cwd=repository, variables=_path(installed))
    assert result.returncode == 0, result.stderr
    assert "tool: acme" in (repository / "generated/dev/digits/serving.yaml").read_text()
    assert "maximum_joules" in (repository / "generated/dev/digits/pipeline.yaml").read_text()


def test_the_parameters_of_a_foreign_gate_are_checked(installed: str, tmp_path: Path) -> None:
    repository = copy_of_examples(tmp_path)
    spec = repository / "specs/digits/mlproject.yaml"
    spec.write_text(spec.read_text() + "    - {kind: energy, maximum_joule: 5}\n")
    result = mlproject("check", "specs/digits", cwd=repository, variables=_path(installed))
    assert result.returncode == 1
    assert "did you mean `maximum_joules`?" in result.stderr


def test_a_foreign_check_runs_only_where_a_spec_names_it(installed: str, tmp_path: Path) -> None:
    repository = copy_of_examples(tmp_path)
    assert mlproject("check", "specs/digits", cwd=repository, variables=_path(installed)).returncode == 0
    spec = repository / "specs/digits/mlproject.yaml"
    spec.write_text(spec.read_text() + "plugins: [acme-mlproject]\n")
    result = mlproject("check", "specs/digits", cwd=repository, variables=_path(installed))
    assert result.returncode == 1
    assert "[acme/naming]" in result.stderr


@pytest.mark.parametrize(
    ("group", "entry", "message"),
    [
        pytest.param(
            "mlproject.kinds.gates",
            "metric = acme.nothing",
            "has the name of a built-in one",
            id="a plug-in with a built-in's name",
        ),
        pytest.param(
            "mlproject.kinds.gates", "energy = acme.nothing", "does not import", id="a plug-in that does not import"
        ),
        pytest.param("mlproject.kinds.gates", "energy = json", "has no `KIND`", id="a plug-in without its constant"),
    ],
)
def test_a_broken_plugin_stops_the_run_by_name(tmp_path: Path, group: str, entry: str, message: str) -> None:
    folder = tmp_path / "site/acme-1.0.dist-info"
    folder.mkdir(parents=True)
    (folder / "entry_points.txt").write_text(f"[{group}]\n{entry}\n")
    repository = copy_of_examples(tmp_path / "repository")
    spec = repository / "specs/digits/mlproject.yaml"
    spec.write_text(spec.read_text() + "    - {kind: energy}\n")
    result = mlproject("check", "specs/digits", cwd=repository, variables=_path(str(tmp_path / "site")))
    assert result.returncode == 2
    assert message in result.stderr
    assert "acme" in result.stderr


def test_two_distributions_with_one_name_stop_the_run(tmp_path: Path) -> None:
    for distribution in ("acme", "apex"):
        folder = tmp_path / f"site/{distribution}-1.0.dist-info"
        folder.mkdir(parents=True)
        (folder / "entry_points.txt").write_text("[mlproject.kinds.gates]\nenergy = json\n")
    result = mlproject(
        "check", "specs/digits", cwd=copy_of_examples(tmp_path / "repository"), variables=_path(str(tmp_path / "site"))
    )
    assert result.returncode == 2
    assert "`acme`" in result.stderr
    assert "`apex`" in result.stderr
