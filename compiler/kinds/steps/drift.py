"""Compare what production reads now with what the pinned model learned from."""

from compiler.ir.pipeline import Step
from compiler.kinds.columns import columns, examples
from compiler.kinds.hardware import for_rows
from compiler.kinds.interface import KindOf, StepKind
from compiler.kinds.pinned import pinned_model
from compiler.kinds.step_building import build_step
from compiler.spec.resolved import ResolvedProject


def lower(project: ResolvedProject, kind_of: KindOf) -> Step | None:
    """Return the step that measures, without its monitors; None as long as no model is pinned."""
    model = pinned_model(project)
    if model is None or not project.spec["data"]["sources"]:
        return None
    parameters = project.spec["data"]["features"]
    made = kind_of("features", parameters["with"]).lower(project, parameters, ("data", "features"))
    settings = {
        "model": model,
        "source": examples(project)["name"],
        "columns": {name: column["type"] for name, column in columns(project).items()},
        "features": {"with": made["with"], "joins": made.get("joins", [])},
        "time_column": examples(project).get("time_column"),
        "target": project.spec["data"].get("target"),
        "task": project.spec["training"]["task"],
    }
    return build_step(project, "drift", reads={"data": ("ingest", "data")}, settings=settings,
                      resources=for_rows(project), origin=("monitoring",))


KIND = StepKind("drift", lower)
