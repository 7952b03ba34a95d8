"""What policies are given to judge. docs/policies/README.md documents the same shapes."""

from collections.abc import Mapping, Sequence
from typing import Any

from compiler.policy.interface import Input
from compiler.spec.resolved import ResolvedProject


def spec_input(project: ResolvedProject) -> Input:
    """Return the input of the spec stage."""
    return {"stage": "spec", "environment": _environment(project), "spec": project.spec, "lock": project.model}


def manifests_input(project: ResolvedProject, bodies: Sequence[Mapping[str, Any]]) -> Input:
    """Return the input of the manifests stage; bodies are the objects in the order of the findings' indices."""
    metadata = project.spec["metadata"]
    return {"stage": "manifests", "environment": _environment(project),
            "project": {key: metadata.get(key, "") for key in ("name", "team", "tier")},
            "manifests": list(map(_without_secrets, bodies))}


def change_input(before: ResolvedProject | None, after: ResolvedProject | None, *, mode: str, tier: str,
                 change: Mapping[str, Any]) -> Input:
    """Return the input of the change stage; mode and tier are the stricter ones of both sides."""
    project = after or before
    assert project is not None
    return {"stage": "change", "environment": {**_environment(project), "mode": mode},
            "project": {"name": project.name, "team": project.spec["metadata"]["team"], "tier": tier}, "change": change,
            "before": before.spec if before else None, "after": after.spec if after else None}


def foreign_input(bodies: Sequence[Mapping[str, Any]]) -> Input:
    """Return the input of the manifests stage for objects that no project of ours made.

    They are held to the rules of production, and none of a tier.
    """
    return {"stage": "manifests", "environment": {"name": "", "mode": "production"},
            "project": {"name": "", "team": "", "tier": ""}, "manifests": list(map(_without_secrets, bodies))}


def _without_secrets(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the object without the values of a Secret: an OPA server may log its input."""
    if body.get("kind") != "Secret":
        return body
    hidden = {field: dict.fromkeys(body[field], "hidden") for field in ("data", "stringData")
              if isinstance(body.get(field), Mapping)}
    return {**body, **hidden}


def _environment(project: ResolvedProject) -> Mapping[str, Any]:
    return {"name": project.environment, **project.spec["environment"]}
