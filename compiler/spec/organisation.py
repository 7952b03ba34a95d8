"""`specs/defaults.yaml`: what an organisation says once for all its projects."""

from typing import Any, Literal, Required, TypedDict

from compiler.spec.words import Name


class Organisation(TypedDict, total=False):
    """Defaults for every project, for each tier, for each environment."""

    apiVersion: Required[Literal["mlproject.dev/v1alpha1"]]
    """Version of this language."""
    kind: Required[Literal["MLProjectDefaults"]]
    """Always MLProjectDefaults."""
    defaults: dict[str, Any]
    """Sections of a spec, for every project."""
    tiers: dict[Literal["experimental", "standard", "critical"], dict[str, Any]]
    """Sections of a spec, for the projects of a tier."""
    environments: dict[Name, dict[str, Any]]
    """Sections and settings, for every project's environment of that name."""
