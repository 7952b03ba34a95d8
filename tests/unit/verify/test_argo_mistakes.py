"""Argo's well-known mistakes are refused with their code, and a plan without them is not."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from compiler.passes.verify import verify
from tests.judges import require
from tests.unit.verify.argo_mistakes import MISTAKES
from tests.unit.verify.argo_plan import Mistake, broken_plan, good_plan
from tests.unit.verify.project import Body, good_bodies, manifests

WORKFLOW_KINDS = {"Workflow", "WorkflowTemplate", "CronWorkflow"}
# What is wrong with these follows from a name that others use.
SPREADING = {"verify/name", "verify/argo-entrypoint", "verify/argo-output", "verify/argo-template-type"}


def table(mistakes: Iterable[Mistake]) -> list[ParameterSet]:
    return [pytest.param(mistake, id=mistake.sentence) for mistake in mistakes]


def test_the_good_plan_is_accepted() -> None:
    assert verify(manifests(good_plan())) == ()


@pytest.mark.parametrize("mistake", table(MISTAKES))
def test_a_mistake_is_refused_with_its_code(mistake: Mistake) -> None:
    found = verify(manifests(broken_plan(mistake)))
    assert mistake.code in {diagnostic.code for diagnostic in found}
    assert all(diagnostic.severity == "error" for diagnostic in found)


@pytest.mark.parametrize("mistake", table(case for case in MISTAKES if case.code not in SPREADING))
def test_one_mistake_is_one_code(mistake: Mistake) -> None:
    found = verify(manifests(broken_plan(mistake)))
    assert {diagnostic.code for diagnostic in found} == {mistake.code}


def argo_lint(folder: Path, bodies: list[Body]) -> tuple[int, str]:
    binary = require("argo-lint")
    for index, body in enumerate(bodies):
        (folder / f"{index}.yaml").write_text(json.dumps(body))
    done = subprocess.run([binary, folder], capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def test_argo_accepts_the_good_plan(tmp_path: Path) -> None:
    code, output = argo_lint(tmp_path, good_plan())
    assert code == 0, output


def test_argo_accepts_the_workflows_of_the_good_project(tmp_path: Path) -> None:
    code, output = argo_lint(tmp_path, [body for body in good_bodies() if body["kind"] in WORKFLOW_KINDS])
    assert code == 0, output


@pytest.mark.parametrize("mistake", table(case for case in MISTAKES if case.argo_refuses))
def test_argo_refuses_it_too(mistake: Mistake, tmp_path: Path) -> None:
    code, output = argo_lint(tmp_path, broken_plan(mistake))
    assert code == 1, output


@pytest.mark.parametrize("mistake", table(case for case in MISTAKES if not case.argo_refuses))
def test_argo_lets_it_through(mistake: Mistake, tmp_path: Path) -> None:
    """What Argo learns to refuse leaves the list of what only we find."""
    code, output = argo_lint(tmp_path, broken_plan(mistake))
    assert code == 0, output
