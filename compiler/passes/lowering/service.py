"""The online service of a plan."""

from compiler.ir.service import Rollout, Scaling, ServedModel, Service
from compiler.kinds.hardware import resources, spot_key
from compiler.kinds.interface import KindOf
from compiler.kinds.naming import full_name
from compiler.kinds.pinned import must_be_signed
from compiler.spec.resolved import ResolvedProject


def lower_service(project: ResolvedProject, kind_of: KindOf) -> Service | None:
    """Return the service; None where predictions are made in batch or not at all.

    Development keeps traffic away: its service is never public.
    """
    deployment = project.spec["deployment"]
    if not deployment["enabled"] or deployment["kind"] != "online":
        return None
    return Service(
        name=full_name(project),
        tool=deployment["serving"]["with"],
        settings={key: value for key, value in sorted(deployment["serving"].items()) if key != "with"},
        image=deployment["image"],
        model=_model(project),
        resources=resources(project, deployment["hardware"], ("deployment", "hardware")),
        spot_key=spot_key(project, deployment["hardware"]),
        scaling=_scaling(project),
        rollout=_rollout(project, kind_of),
        is_public=deployment["public"] and project.mode != "development",
        origin=("deployment",),
    )


def _model(project: ResolvedProject) -> ServedModel | None:
    model = project.model
    if model is None:
        return None
    return ServedModel(model["version"], model["uri"], model["digest"], must_be_signed(project), ("model",))


def _scaling(project: ResolvedProject) -> Scaling:
    scaling = project.spec["deployment"]["scaling"]
    target = scaling["target"]
    return Scaling(scaling["minimum"], scaling["maximum"], target["metric"], float(target["value"]),
                   ("deployment", "scaling"))


def _rollout(project: ResolvedProject, kind_of: KindOf) -> Rollout:
    strategy = project.spec["deployment"]["strategy"]
    rollout: Rollout = kind_of("strategies", strategy["kind"]).lower(project, strategy, ("deployment", "strategy"))
    return rollout
