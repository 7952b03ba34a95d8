"""The plan file: everything that the user wrote and a step has to know, as data."""

import json
from collections.abc import Mapping
from typing import Any

from compiler.targets.orchestrators.argo_workflows.run import Run
from runtime.contract import VERSION, PlanFile

_scalar = json.JSONEncoder(allow_nan=False).encode


def plan_text(run: Run) -> str:
    """Return the plan file as JSON: ASCII, keys sorted, one value a line, so that a review shows what changed."""
    plan = PlanFile(contract=VERSION, project=run.plan.identity.name, environment=run.plan.environment.name,
                    steps={step.program: step.settings for step in run.every_step})
    return _written(plan, "\n") + "\n"


def _written(value: Any, pad: str) -> str:
    """Return value as `json.dumps(..., indent=1, sort_keys=True)` writes it, whose indenting encoder is slow.

    `pad` is a newline and the indent of the line that value starts on.
    """
    inner = f"{pad} "
    if isinstance(value, Mapping):
        members = [f"{_scalar(key)}: {_written(value[key], inner)}" for key in sorted(value)]
        return f"{{{inner}{f',{inner}'.join(members)}{pad}}}" if members else "{}"
    if isinstance(value, list | tuple):
        items = [_written(item, inner) for item in value]
        return f"[{inner}{f',{inner}'.join(items)}{pad}]" if items else "[]"
    return _scalar(value)
