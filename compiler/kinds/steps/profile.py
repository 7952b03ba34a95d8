"""Describe the training data: the baseline that drift is measured against."""

from compiler.ir.pipeline import Step
from compiler.kinds.columns import columns, examples
from compiler.kinds.hardware import for_rows
from compiler.kinds.interface import KindOf, StepKind
from compiler.kinds.step_building import build_step
from compiler.spec.resolved import ResolvedProject


def lower(project: ResolvedProject, _kind_of: KindOf) -> Step:
    """Return the step that profiles the table of examples."""
    settings = {
        "source": examples(project)["name"],
        "columns": {name: column["type"] for name, column in columns(project).items()},
        "target": project.spec["data"].get("target"),
    }
    return build_step(project, "profile", reads={"data": ("validate", "data")}, settings=settings,
                      resources=for_rows(project), origin=("data", "sources"))


KIND = StepKind("profile", lower)
