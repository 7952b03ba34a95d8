"""Scheduled prediction of a plan."""

from compiler.ir.common import Schedule
from compiler.ir.pipeline import Step
from compiler.ir.plan import BatchJob
from compiler.kinds.interface import KindOf
from compiler.kinds.naming import full_name
from compiler.kinds.steps import BATCH
from compiler.spec.resolved import ResolvedProject

AT = ("deployment", "batch")


def lower_batch(project: ResolvedProject, kind_of: KindOf) -> BatchJob | None:
    """Return the batch job; None where predictions are answered online or not at all."""
    step: Step | None = kind_of("steps", BATCH).lower(project, kind_of)
    if step is None:
        return None
    batch = project.spec["deployment"]["batch"]
    schedule = Schedule(batch["schedule"], batch.get("timezone", "Etc/UTC"), project.mode == "development",
                        (*AT, "schedule"))
    return BatchJob(full_name(project, "batch"), step, schedule, step.timeout_seconds, AT)
