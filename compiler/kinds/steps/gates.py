"""Judge the model: one verdict over all gates."""

from compiler.ir.pipeline import Step
from compiler.kinds.gating import lower_gates
from compiler.kinds.hardware import for_model
from compiler.kinds.interface import KindOf, StepKind
from compiler.kinds.pinned import pinned_model
from compiler.kinds.registering import lower_registry
from compiler.kinds.step_building import build_step
from compiler.spec.resolved import ResolvedProject
from runtime.contract import GateSettings


def lower(project: ResolvedProject, kind_of: KindOf) -> Step:
    """Return the step that judges; the champion is the model that the lock pins, None when there is none yet."""
    settings = {
        "gates": [GateSettings(name=gate.name, kind=gate.kind, mode=gate.mode, settings=gate.settings)
                  for gate in lower_gates(project, kind_of)],
        "task": project.spec["training"]["task"],
        "target": project.spec["data"].get("target"),
        "dataset": project.spec["validation"]["dataset"],
        "champion": pinned_model(project),
        "registry": lower_registry(project, kind_of),
        "seed": project.spec["training"]["seed"],
    }
    reads = {"model": ("train", "model"), "holdout": ("features", "holdout"), "evaluation": ("evaluate", "evaluation")}
    return build_step(project, "gates", reads=reads, settings=settings, resources=for_model(project),
                      origin=("validation", "gates"))


KIND = StepKind("gates", lower)
