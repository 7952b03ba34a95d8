"""Run steps as the pipeline does: a plan file, paths for artifacts, an exit code."""

import json
from pathlib import Path
from typing import Any

from runtime.contract import STEPS, VERSION, arguments, digest
from runtime.running import run_step

SOURCE = {"classification": "internal", "columns": {}, "fallback": "fail", "format": "parquet", "layer": "curated",
          "secret": None, "time_column": None, "version": {"with": "none"}}
COLUMN = {"allowed": None, "maximum": None, "minimum": None, "nullable": True, "protected": False, "unique": False}
CONTRACT = {"columns": {}, "freshness_seconds": None, "maximum_quarantined": 1.0, "minimum_rows": 0,
            "on_violation": "reject", "rules": []}


class Run:
    """One step that has run: its exit code, its artifacts and what it said."""

    def __init__(self, code: int, outputs: dict[str, Path], result: Path, errors: str) -> None:
        self.code, self.outputs, self.errors = code, outputs, errors
        self.numbers = json.loads(result.read_text())["numbers"] if result.exists() else {}

    def json(self, name: str) -> Any:
        """Return an artifact that is JSON."""
        return json.loads(self.outputs[name].read_text())


def run(step: str, folder: Path, settings: dict[str, Any], inputs: dict[str, Path] | None = None, *,
        capsys: Any = None) -> Run:
    """Run a step in a folder of its own."""
    place = folder / f"{step}-{len(list(folder.iterdir())) if folder.exists() else 0}"
    place.mkdir(parents=True)
    plan = place / "plan.json"
    plan.write_text(json.dumps({"contract": VERSION, "environment": "dev", "project": "trial",
                                "steps": {step: settings}}))
    outputs = {name: place / "outputs" / name for name in STEPS[step].outputs}
    line = arguments(step, plan=str(plan), plan_digest=digest(plan.read_bytes()), result=str(place / "result.json"),
                     inputs={name: str(path) for name, path in (inputs or {}).items()},
                     outputs={name: str(path) for name, path in outputs.items()})
    code = run_step(line)
    return Run(code, outputs, place / "result.json", capsys.readouterr().err if capsys else "")
