"""Lower: say in no tool's words what a resolved project asks for."""

from collections.abc import Callable
from typing import Any

from compiler.ir.plan import ReleasePlan
from compiler.passes.lowering.batch import lower_batch
from compiler.passes.lowering.monitors import lower_alerts, lower_monitors
from compiler.passes.lowering.pipeline import lower_pipeline
from compiler.passes.lowering.platform import (
    lower_access,
    lower_delivery,
    lower_environment,
    lower_identity,
    lower_metrics,
)
from compiler.passes.lowering.secrets import lower_secrets
from compiler.passes.lowering.service import lower_service
from compiler.passes.lowering.watch import lower_watch
from compiler.spec.resolved import ResolvedProject


def lower(project: ResolvedProject, kind_of: Callable[[str, str], Any]) -> ReleasePlan:
    """Return the release plan of a project that was checked; `kind_of` finds a kind by room and name."""
    pipeline = lower_pipeline(project, kind_of)
    batch = lower_batch(project, kind_of)
    monitors = lower_monitors(project, kind_of)
    watch = lower_watch(project, kind_of, monitors)
    return ReleasePlan(
        identity=lower_identity(project),
        environment=lower_environment(project),
        pipeline=pipeline,
        service=lower_service(project, kind_of),
        batch=batch,
        monitors=monitors,
        alerts=lower_alerts(project),
        access=lower_access(project),
        secrets=lower_secrets(project, pipeline, batch, watch),
        metrics=lower_metrics(project),
        delivery=lower_delivery(project),
        orchestrator=project.spec["platform"]["orchestrator"],
        watch=watch,
    )
