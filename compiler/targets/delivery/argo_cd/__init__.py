"""Argo CD: an AppProject and an Application for each project in each environment."""

from collections.abc import Iterator

from compiler.artifact.artifact import Artifact
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.plan import ReleasePlan
from compiler.targets.delivery.argo_cd.app_project import app_project
from compiler.targets.delivery.argo_cd.application import application
from compiler.targets.delivery.argo_cd.refusals import refusals
from compiler.targets.interface import Target

NAME = "argo-cd"


def render(plan: ReleasePlan) -> Iterator[Artifact | Diagnostic]:
    """Yield what Argo CD may do for the project, then what it is to do."""
    refused = tuple(refusals(plan.delivery))
    if refused:
        yield from refused
        return
    yield app_project(plan)
    yield application(plan)


TARGET = Target(NAME, render)
