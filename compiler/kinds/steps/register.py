"""Register the signed model with everything that anyone may ask about it later."""

from collections.abc import Mapping
from typing import Any

from compiler.ir.pipeline import Step
from compiler.kinds.hardware import small
from compiler.kinds.interface import KindOf, StepKind
from compiler.kinds.pinned import pinned_model
from compiler.kinds.registering import lower_registry
from compiler.kinds.step_building import MINUTE, build_step
from compiler.kinds.training_settings import training_settings
from compiler.spec.resolved import ResolvedProject


def lower(project: ResolvedProject, kind_of: KindOf) -> Step:
    """Return the step that registers; what happened at run time it takes from its inputs."""
    repository = project.spec["platform"]["repository"]
    settings = {
        "registry": lower_registry(project, kind_of),
        "lineage": _lineage(project),
        "approvals": project.spec["environment"]["approvals"],
        "pinned": pinned_model(project),
        "repository": repository["url"],
        "revision": repository["revision"],
    }
    reads = {"bundle": ("sign", "bundle"), "evaluation": ("evaluate", "evaluation"), "verdict": ("gates", "verdict"),
             "lineage": ("ingest", "lineage"), "profile": ("profile", "profile")}
    return build_step(project, "register", reads=reads, settings=settings, resources=small(),
                      timeout_seconds=30 * MINUTE, origin=("model", "registry"), only_if="gates")


def _lineage(project: ResolvedProject) -> Mapping[str, Any]:
    """Return what of a model's lineage is known before it is trained."""
    metadata = project.spec["metadata"]
    return {
        "project": project.name,
        "environment": project.environment,
        "team": metadata["team"],
        "tier": metadata["tier"],
        "description": metadata["description"],
        "image": project.spec["training"]["image"],
        "training": training_settings(project),
        "split": dict(sorted(project.spec["data"]["split"].items())),
        "sources": [{"name": source["name"], "uri": source["uri"], "classification": source["classification"]}
                    for source in project.spec["data"]["sources"]],
    }


KIND = StepKind("register", lower)
