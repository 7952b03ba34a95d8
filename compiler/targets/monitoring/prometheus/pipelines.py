"""Rules on training: runs that failed, gates that said no."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from compiler.ir.monitors import Alert
from compiler.ir.plan import ReleasePlan
from compiler.targets.kubernetes.metric_names import GATE_PASSED, RUN_FAILED, RUN_SUCCEEDED, owner
from compiler.targets.kubernetes.promql import selector
from compiler.targets.monitoring.prometheus.wording import alerting, literal

Rule = dict[str, Any]

_BY = "project, environment"


def pipeline_rules(plan: ReleasePlan) -> Iterator[Rule]:
    """Yield the alerts on training that the plan asks for; each ends with the next run that is good."""
    for alert in plan.alerts:
        if alert.monitor in PIPELINE_ALERTS:
            yield PIPELINE_ALERTS[alert.monitor](plan, alert)


def _pipeline_failed(plan: ReleasePlan, alert: Alert) -> Rule:
    failed, succeeded = (f"max by ({_BY}) ({selector(metric, owner(plan))})" for metric in (RUN_FAILED, RUN_SUCCEEDED))
    return alerting(
        plan, alert, name="PipelineFailed", seconds=alert.for_seconds,
        expression=f"({failed} > {succeeded}) or ({failed} unless {succeeded})",
        summary=f"training of {literal(plan.identity.name)} failed",
        description="The last run of the pipeline failed; the model in use stays.")


def _gate_failed(plan: ReleasePlan, alert: Alert) -> Rule:
    return alerting(
        plan, alert, name="GateFailed", seconds=alert.for_seconds,
        expression=f"min by ({_BY}, gate) ({selector(GATE_PASSED, owner(plan))}) == 0",
        summary=f"{literal(plan.identity.name)}: gate {{{{ $labels.gate }}}} refused the new model",
        description="The last model that was trained did not pass; the model in use stays.")


PIPELINE_ALERTS: Mapping[str, Callable[[ReleasePlan, Alert], Rule]] = {
    "pipeline.failed": _pipeline_failed, "gate.failed": _gate_failed}
