"""The model that the lock pins, as the runtime reads it."""

from collections.abc import Mapping
from typing import Any

from compiler.spec.resolved import ResolvedProject


def pinned_model(project: ResolvedProject) -> Mapping[str, Any] | None:
    """Return version, place, digest and whether it must be signed; None when there is no model yet."""
    model = project.model
    if model is None:
        return None
    return {"version": model["version"], "uri": model["uri"], "digest": model["digest"],
            "must_be_signed": must_be_signed(project)}


def must_be_signed(project: ResolvedProject) -> bool:
    """Tell whether a model without a valid signature is refused."""
    return project.spec["model"]["signing"] == "required"
