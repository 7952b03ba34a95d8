"""Predict for every row of the newest data with the pinned model."""

from collections.abc import Mapping
from typing import Any

from compiler.ir.pipeline import Step
from compiler.kinds.contracts import lower_contract
from compiler.kinds.hardware import resources, spot_key
from compiler.kinds.interface import KindOf, StepKind
from compiler.kinds.pinned import pinned_model
from compiler.kinds.references import source_secrets
from compiler.kinds.sources import lower_sources
from compiler.kinds.step_building import build_step
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds

AT = ("deployment", "batch")


def lower(project: ResolvedProject, kind_of: KindOf) -> Step | None:
    """Return the step of a batch run; None when predictions are answered online or not at all."""
    deployment = project.spec["deployment"]
    if not deployment["enabled"] or deployment["kind"] != "batch":
        return None
    batch = deployment["batch"]
    settings = {
        "model": pinned_model(project),
        "task": project.spec["training"]["task"],
        "target": project.spec["data"].get("target"),
        "sources": lower_sources(project, kind_of),
        "joins": _joins(project, kind_of),
        "contract": lower_contract(project.spec["data"]["sources"][0].get("contract")),
        "output": batch["output"],
    }
    step = build_step(project, "batch-predict", reads={}, settings=settings, secrets=source_secrets(project),
                      resources=resources(project, deployment["hardware"], ("deployment", "hardware")), origin=AT)
    return step._replace(timeout_seconds=seconds(batch["timeout"]) if "timeout" in batch else step.timeout_seconds,
                         spot_key=spot_key(project, deployment["hardware"]))


def _joins(project: ResolvedProject, kind_of: KindOf) -> list[Mapping[str, Any]]:
    """Return the joins that made the training rows: the model reads their columns."""
    parameters = project.spec["data"]["features"]
    made = kind_of("features", parameters["with"]).lower(project, parameters, ("data", "features"))
    return list(made.get("joins", ()))


KIND = StepKind("batch-predict", lower)
