"""Split the rows and learn the transforms that training and serving share."""

from typing import Any

from compiler.ir.pipeline import Step
from compiler.kinds.columns import columns, examples, protected_columns
from compiler.kinds.hardware import for_rows
from compiler.kinds.interface import KindOf, StepKind
from compiler.kinds.step_building import build_step
from compiler.kinds.training_settings import split_settings
from compiler.spec.resolved import ResolvedProject


def lower(project: ResolvedProject, kind_of: KindOf) -> Step:
    """Return the step that makes features of the validated data."""
    parameters = project.spec["data"]["features"]
    made = kind_of("features", parameters["with"]).lower(project, parameters, ("data", "features"))
    settings = {
        "source": examples(project)["name"],
        "columns": {name: column["type"] for name, column in columns(project).items()},
        "protected": list(protected_columns(project)),
        "target": project.spec["data"].get("target"),
        "task": project.spec["training"]["task"],
        "classes": _classes(project),
        "time_column": examples(project).get("time_column"),
        "features": made,
        "split": split_settings(project),
    }
    return build_step(project, "features", reads={"data": ("validate", "data")}, settings=settings,
                      resources=for_rows(project), origin=("data", "features"))


def _classes(project: ResolvedProject) -> list[Any] | None:
    """Return the labels in the order of the contract: the last one is the positive class of two."""
    target = columns(project).get(project.spec["data"].get("target", ""), None)
    if project.spec["training"]["task"] != "classification" or target is None or "allowed" not in target:
        return None
    return list(target["allowed"])


KIND = StepKind("features", lower)
