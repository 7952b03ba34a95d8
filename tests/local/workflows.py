"""Small workflows of real commands, and a way to run them."""

import os
import sys
from pathlib import Path
from textwrap import dedent

from compiler.local.engine.engine import Engine
from compiler.local.machine.run_folder import RunFolder
from compiler.local.machine.runner import Runner
from compiler.local.machine.session import settings_of, workflow_in

HEAD = """
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: small, namespace: x, labels: {app.kubernetes.io/component: training}}
spec:
  entrypoint: main
"""
STARTED = 1_700_000_000.0


def prepare(folder: Path, spec: str, *, objects: str = "", isolated: bool = False) -> RunFolder:
    """Make the folder of a run of a spec."""
    run = RunFolder(str(folder / "runs" / "small-1"))
    indented = "".join(f"  {line}\n" for line in dedent(spec).strip().splitlines())
    run.create({"started": STARTED, "spec": "small", "environment": "dev", "project": "small", "template": "small",
                "root": str(folder), "set": {}, "isolated": isolated},
               (HEAD + indented + ("---\n" + dedent(objects) if objects else "")).encode())
    return run


def run(folder: RunFolder, *, jobs: int = 2) -> Engine:
    """Run a prepared run to its end."""
    shown: list[bool] = []
    runner = Runner(workflow_in(folder), folder, settings_of(folder, os.environ, jobs=jobs),
                    lambda engine, is_last: shown.append(is_last))
    runner.run()
    assert shown[-1]
    return runner.engine


def phases(engine: Engine) -> dict[str, str]:
    """Return the phase of each node by its display name."""
    return {node.display_name: node.phase for node in engine.nodes.values()}


PYTHON = sys.executable
