"""Propose the new version for the environment: an edit of the lock, merged by people where approvals are asked for."""

from compiler.ir.pipeline import Step
from compiler.kinds.hardware import small
from compiler.kinds.interface import KindOf, StepKind
from compiler.kinds.step_building import MINUTE, build_step
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds


def lower(project: ResolvedProject, _kind_of: KindOf) -> Step:
    """Return the step that promotes."""
    repository = project.spec["platform"]["repository"]
    environment = project.spec["environment"]
    settings = {
        "project": project.name,
        "environment": project.environment,
        "approvals": environment["approvals"],
        "promotes_from": environment.get("promotes_from"),
        "soak_seconds": seconds(environment["soak"]),
        "repository": repository["url"],
        "revision": repository["revision"],
    }
    return build_step(project, "promote", reads={"version": ("register", "version")}, settings=settings,
                      resources=small(), timeout_seconds=15 * MINUTE, origin=("environment",), only_if="gates")


KIND = StepKind("promote", lower)
