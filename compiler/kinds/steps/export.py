"""Write the model as ONNX, and refuse one that answers differently than what was trained."""

from compiler.ir.pipeline import Step
from compiler.kinds.hardware import for_model
from compiler.kinds.interface import KindOf, StepKind
from compiler.kinds.step_building import build_step
from compiler.spec.resolved import ResolvedProject


def lower(project: ResolvedProject, _kind_of: KindOf) -> Step:
    """Return the step that exports what passed the gates."""
    training = project.spec["training"]
    settings = {
        "format": project.spec["model"]["format"],
        "task": training["task"],
        "framework": training["framework"],
        "target": project.spec["data"].get("target"),
    }
    return build_step(project, "export", settings=settings, resources=for_model(project), origin=("model", "format"),
                      reads={"model": ("train", "model"), "holdout": ("features", "holdout"),
                             "profile": ("profile", "profile")}, only_if="gates")


KIND = StepKind("export", lower)
