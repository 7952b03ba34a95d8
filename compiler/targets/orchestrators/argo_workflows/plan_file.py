"""The plan file: everything that the user wrote and a step has to know, as data."""

import json
from collections.abc import Mapping
from typing import Any

from compiler.ir.pipeline import Gate, Step
from compiler.targets.orchestrators.argo_workflows.run import GATES, Run
from runtime.contract import VERSION, GateSettings, PlanFile


def plan_text(run: Run) -> str:
    """Return the plan file as JSON: ASCII, keys sorted, one value a line, so that a review shows what changed."""
    plan = PlanFile(contract=VERSION, project=run.plan.identity.name, environment=run.plan.environment.name,
                    steps={step.program: _settings(step, run.gates) for step in run.every_step})
    return json.dumps(_plain(plan), indent=1, sort_keys=True, allow_nan=False) + "\n"


def _settings(step: Step, gates: tuple[Gate, ...]) -> Mapping[str, Any]:
    if step.program != GATES:
        return step.settings
    return {**step.settings, "gates": [
        GateSettings(name=gate.name, kind=gate.kind, mode=gate.mode, settings=gate.settings) for gate in gates]}


def _plain(value: Any) -> Any:
    """Return value with its mappings and sequences as what json writes."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
