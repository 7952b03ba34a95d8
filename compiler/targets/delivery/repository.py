"""What a repository has once for all its projects: an Application of Applications for each environment, owners."""

from collections.abc import Iterator, Sequence

from compiler.artifact.artifact import Artifact
from compiler.ir.plan import ReleasePlan
from compiler.targets.delivery._owners import owners
from compiler.targets.delivery.argo_cd.roots import roots


def render_repository(plans: Sequence[ReleasePlan]) -> Iterator[Artifact]:
    """Yield the outputs of a repository that holds these plans, in any order; nothing where there are none."""
    if not plans:
        return
    ordered = sorted(plans, key=lambda plan: (plan.environment.name, plan.identity.name))
    yield from roots(ordered)
    yield owners(ordered)
