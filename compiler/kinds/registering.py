"""The registry of a project, as the runtime reads it."""

from collections.abc import Mapping
from typing import Any

from compiler.kinds.interface import KindOf
from compiler.spec.resolved import ResolvedProject


def lower_registry(project: ResolvedProject, kind_of: KindOf) -> Mapping[str, Any]:
    """Return the settings of the project's registry."""
    parameters = project.spec["model"]["registry"]
    settings: Mapping[str, Any] = kind_of("registries", parameters["with"]).lower(
        project, parameters, ("model", "registry"))
    return settings
