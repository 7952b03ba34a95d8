"""Measure the model on held-out rows: every metric, for each slice and group that a gate asks for."""

from compiler.ir.pipeline import Step
from compiler.kinds.gating import lower_gates
from compiler.kinds.hardware import for_model
from compiler.kinds.interface import KindOf, StepKind
from compiler.kinds.step_building import build_step
from compiler.spec.metrics import computed_metrics
from compiler.spec.resolved import ResolvedProject


def lower(project: ResolvedProject, kind_of: KindOf) -> Step:
    """Return the step that evaluates the model."""
    gates = [gate.settings for gate in lower_gates(project, kind_of)]
    settings = {
        "task": project.spec["training"]["task"],
        "target": project.spec["data"].get("target"),
        "dataset": project.spec["validation"]["dataset"],
        "metrics": list(computed_metrics(project)),
        "slices": sorted({gate["by"] for gate in gates if "by" in gate}),
        "groups": sorted({group for gate in gates for group in gate.get("groups", ())}),
        "minimum_group_size": project.spec["data"]["minimum_group_size"],
        "seed": project.spec["training"]["seed"],
    }
    return build_step(project, "evaluate", settings=settings, resources=for_model(project), origin=("validation",),
                      reads={"model": ("train", "model"), "holdout": ("features", "holdout")})


KIND = StepKind("evaluate", lower)
