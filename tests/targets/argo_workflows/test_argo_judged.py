"""Argo Workflows: what Argo itself, and our own verify, say of the rendering."""

import subprocess
from pathlib import Path

import pytest

from compiler.artifact.artifact import Manifest
from compiler.emit.yaml_writer import to_stream
from compiler.ir.plan import ReleasePlan
from compiler.passes.verify import verify
from compiler.targets.kubernetes.metadata import object_name
from tests.judges import require
from tests.targets.argo_workflows.argo_rendering import manifests
from tests.targets.plans import full, minimal, pipeline, step, watch

ALONE = full()._replace(pipeline=pipeline()._replace(steps=(step("ingest"),), gates=(), at_exit=None, schedule=None),
                        batch=None)
PLANS = [pytest.param(minimal(), id="the smallest"), pytest.param(full(), id="everything"),
         pytest.param(ALONE, id="one step"), pytest.param(full()._replace(watch=watch()), id="watched")]


@pytest.mark.parametrize("plan", PLANS)
def test_argo_lint_accepts_it(plan: ReleasePlan, tmp_path: Path) -> None:
    judge = require("argo-lint")
    (tmp_path / "pipeline.yaml").write_text(to_stream([each.body for each in manifests(plan)]), encoding="utf-8")
    judged = subprocess.run([judge, tmp_path], capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout + judged.stderr


@pytest.mark.parametrize("plan", PLANS)
def test_our_verify_accepts_it(plan: ReleasePlan) -> None:
    accounts = [account(plan, component) for component in ("training", "batch", "drift")]
    assert verify([*manifests(plan), *accounts]) == ()


def account(plan: ReleasePlan, component: str) -> Manifest:
    """Return the service account that the target of access writes."""
    metadata = {"name": object_name(plan, component), "namespace": plan.environment.namespace}
    return Manifest("access", {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata}, ())
