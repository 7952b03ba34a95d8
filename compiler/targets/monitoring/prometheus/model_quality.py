"""Rules on the model itself: drift of what comes in and goes out, and quality once labels arrive."""

from collections.abc import Iterator
from typing import Any

from compiler.ir.monitors import Alert, DriftMonitor, PerformanceMonitor
from compiler.ir.plan import ReleasePlan
from compiler.targets.kubernetes.metric_names import DRIFT, MEASURED, MODEL_METRIC, owner
from compiler.targets.kubernetes.promql import number, selector
from compiler.targets.monitoring.prometheus.wording import alerting, camel, literal, milder

Rule = dict[str, Any]

_BY = "project, environment, monitor"
_VALUE = '{{ printf "%.4g" $value }}'


def drift_rules(plan: ReleasePlan, monitor: DriftMonitor, alert: Alert) -> Iterator[Rule]:
    """Yield the alert that a column is too far from training, and that the distance is not measured."""
    series = selector(DRIFT, owner(plan) | {"monitor": monitor.name})
    yield alerting(
        plan, alert, name=f"{camel(monitor.name)}TooFar", seconds=alert.for_seconds,
        expression=f"max by ({_BY}, column) ({series}) > {number(monitor.maximum)}",
        summary=f"{literal(plan.identity.name)}: {{{{ $labels.column }}}} has drifted",
        description=f"{literal(monitor.statistic)} of {{{{ $labels.column }}}} is {_VALUE}, "
                    f"expected at most {number(monitor.maximum)}.")
    yield _not_measured(plan, alert, monitor.name, monitor.window_seconds)


def performance_rules(plan: ReleasePlan, monitor: PerformanceMonitor, alert: Alert) -> Iterator[Rule]:
    """Yield the alert that a metric left its limits, and that it is not measured."""
    series = f"max by ({_BY}, metric) ({selector(MODEL_METRIC, owner(plan) | {'monitor': monitor.name})})"
    limits = [(sign, limit) for sign, limit in (("<", monitor.minimum), (">", monitor.maximum)) if limit is not None]
    if limits:
        expected = " and ".join(f"{'at least' if sign == '<' else 'at most'} {number(limit)}" for sign, limit in limits)
        yield alerting(
            plan, alert, name=f"{camel(monitor.name)}OutOfLimits", seconds=alert.for_seconds,
            expression=" or ".join(f"{series} {sign} {number(limit)}" for sign, limit in limits),
            summary=f"{literal(plan.identity.name)}: {literal(monitor.metric)} is out of its limits",
            description=f"{literal(monitor.metric)} is {_VALUE} on labelled requests, expected {expected}.")
    yield _not_measured(plan, alert, monitor.name, monitor.labels_after_seconds)


def _not_measured(plan: ReleasePlan, alert: Alert, monitor: str, period_seconds: int) -> Rule:
    series = selector(MEASURED, owner(plan) | {"monitor": monitor})
    return alerting(
        plan, alert._replace(then=None), name=f"{camel(monitor)}NotMeasured", severity=milder(alert.severity),
        seconds=period_seconds,
        expression=f"time() - max by ({_BY}) ({series}) > {2 * period_seconds} or absent({series})",
        summary=f"{literal(plan.identity.name)}: {literal(monitor)} is not measured",
        description="The monitor has no recent measurement, so that its alert cannot fire.")
