"""Fit the model."""

from compiler.ir.pipeline import Distribution, Step
from compiler.kinds.hardware import TRAINING, spot_key, training_resources
from compiler.kinds.interface import KindOf, StepKind
from compiler.kinds.naming import full_name
from compiler.kinds.step_building import build_step
from compiler.kinds.training_settings import training_settings, tuning_settings
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds


def lower(project: ResolvedProject, _kind_of: KindOf) -> Step:
    """Return the step that fits the model, with the best parameters of the search when there was one."""
    training = project.spec["training"]
    tuning = training.get("tuning")
    reads = {"train": ("features", "train"), "transform": ("features", "transform")}
    if tuning is not None:
        reads["trials"] = ("tune", "trials")
    checkpoint = training.get("checkpoint", {})
    settings = {
        **training_settings(project),
        "tuning": tuning_settings(tuning) if tuning is not None else None,
        "checkpoint_seconds": seconds(checkpoint["every"]) if "every" in checkpoint else None,
        "nodes": training["hardware"]["nodes"],
    }
    if "every" in checkpoint:
        # A pod's own folder goes with the pod: what a lost spot machine leaves to the next attempt is in the store.
        store = project.spec["platform"]["models"].rstrip("/")
        settings["checkpoints"] = f"{store}/.checkpoints/{full_name(project)}"
    step = build_step(project, "train", reads=reads, settings=settings, resources=training_resources(project),
                      timeout_seconds=seconds(training["timeout"]), origin=("training",))
    return step._replace(spot_key=spot_key(project, training["hardware"]), distribution=_distribution(project))


def _distribution(project: ResolvedProject) -> Distribution | None:
    hardware = project.spec["training"]["hardware"]
    if hardware["nodes"] == 1:
        return None
    return Distribution(hardware.get("distributed_with", "kubeflow-trainer"), hardware["nodes"], (*TRAINING, "nodes"))


KIND = StepKind("train", lower)
