"""Train, judge, sign, register and promote the employment model, by the rendered workflow."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from commands import ROOT, answer_of, clone, run

SPEC, ENVIRONMENT, MODEL = "specs/employment", "dev", "dev-employment"


class Trained(NamedTuple):
    """A run that ended: its folder, its artifacts by step and name, and what the registry says of the model."""

    folder: Path
    artifacts: dict[str, Path]
    verdict: dict[str, Any]
    lineage: dict[str, Any]


def train() -> Trained:
    """Run the workflow, and clone the repository that it promoted to."""
    name = _free_name()
    run("run", SPEC, "--env", ENVIRONMENT, "--name", name)
    run("lineage", f"{MODEL}@champion")
    clone()
    folder = ROOT / "runs" / name
    artifacts = {path.name: path for path in sorted(folder.glob("nodes/*/volume-work/outputs/*"))}
    return Trained(folder, artifacts, json.loads(artifacts["verdict"].read_text()),
                   json.loads(answer_of("lineage", f"{MODEL}@champion", "--format", "json")))


def _free_name() -> str:
    taken = {path.name for path in (ROOT / "runs").glob("demo-*")} if (ROOT / "runs").is_dir() else set()
    return next(name for name in (f"demo-{number}" for number in range(1, 10_000)) if name not in taken)
