"""What every program that fits a model reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from compiler.spec.metrics import METRICS
from compiler.spec.resolved import ResolvedProject

if TYPE_CHECKING:
    from compiler.spec.training import Range, Tuning


def training_settings(project: ResolvedProject) -> Mapping[str, Any]:
    """Return task, algorithm and parameters."""
    training = project.spec["training"]
    return {
        "task": training["task"],
        "framework": training["framework"],
        "algorithm": training.get("algorithm"),
        "entry_point": training.get("entry_point"),
        "parameters": dict(sorted(training["parameters"].items())),
        "seed": training["seed"],
        "target": project.spec["data"].get("target"),
    }


def split_settings(project: ResolvedProject) -> Mapping[str, Any]:
    """Return how rows are held out."""
    split = project.spec["data"]["split"]
    return {"test": split["test"], "by": split["by"], "column": split.get("column"), "seed": split["seed"]}


def tuning_settings(tuning: Tuning) -> Mapping[str, Any]:
    """Return the search: its size, its space, and which way its metric is better."""
    return {
        "trials": tuning["trials"],
        "metric": tuning["metric"],
        "direction": tuning.get("direction") or _direction(tuning["metric"]),
        "seed": tuning.get("seed", 0),
        "space": {name: _range(choice) for name, choice in sorted(tuning["space"].items())},
    }


def _direction(name: str) -> str:
    metric = METRICS.get(name)
    return (metric.direction if metric else None) or "maximize"


def _range(choice: Range) -> Mapping[str, Any]:
    if "choices" in choice:
        return {"choices": list(choice["choices"])}
    return {"minimum": choice["minimum"], "maximum": choice["maximum"], "log": choice.get("log", False),
            "integer": choice.get("integer", False)}
