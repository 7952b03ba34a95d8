"""The PrometheusRule: groups of rules, and which line of the spec each comes from."""

from collections.abc import Iterable, Iterator
from typing import Any, assert_never

from compiler.artifact.artifact import Manifest
from compiler.ir.monitors import Alert, DriftMonitor, Monitor, Objective, PerformanceMonitor
from compiler.ir.plan import ReleasePlan
from compiler.records import NamedTuple
from compiler.source.path import FieldPath
from compiler.targets.kubernetes.metadata import metadata, object_name
from compiler.targets.monitoring.prometheus.model_quality import drift_rules, performance_rules
from compiler.targets.monitoring.prometheus.pipelines import pipeline_rules
from compiler.targets.monitoring.prometheus.scraping import COMPONENT, is_serving
from compiler.targets.monitoring.prometheus.service_levels import missing_alert, objective_rules, request_rules

Rule = dict[str, Any]

_SEVERITIES = ("critical", "warning", "info")


class Group(NamedTuple):
    """Rules that are evaluated together."""

    name: str
    rules: list[Rule]
    origin: FieldPath


def prometheus_rule(plan: ReleasePlan) -> Manifest | None:
    """Return the rules of a plan, None where it has none."""
    groups = [group for group in _groups(plan) if group.rules]
    if not groups:
        return None
    body = metadata(plan, object_name(plan), COMPONENT)
    body["labels"] |= dict(sorted(plan.metrics.rule_labels.items()))
    # A name says whose group it is wherever Prometheus shows it.
    spec = {"groups": [{"name": f"{object_name(plan)}.{plan.environment.name}.{group.name}", "rules": group.rules}
                       for group in groups]}
    return Manifest("monitoring", {"apiVersion": "monitoring.coreos.com/v1", "kind": "PrometheusRule",
                                   "metadata": body, "spec": spec}, plan.metrics.origin, _origins(plan, groups))


def _groups(plan: ReleasePlan) -> Iterator[Group]:
    if is_serving(plan):
        yield Group("requests", request_rules(plan) + _missing(plan), plan.metrics.origin)
    for monitor in plan.monitors:
        alerts = tuple(alert for alert in plan.alerts if alert.monitor == monitor.name)
        yield Group(monitor.name, _of_monitor(plan, monitor, alerts), monitor.origin)
    yield Group("pipeline", _distinct(pipeline_rules(plan)), plan.metrics.origin)


def _of_monitor(plan: ReleasePlan, monitor: Monitor, alerts: tuple[Alert, ...]) -> list[Rule]:
    match monitor:
        case Objective():
            return _distinct(objective_rules(plan, monitor, alerts)) if is_serving(plan) else []
        case DriftMonitor():
            return _distinct(rule for alert in _in_use(plan, alerts) for rule in drift_rules(plan, monitor, alert))
        case PerformanceMonitor():
            return _distinct(
                rule for alert in _in_use(plan, alerts) for rule in performance_rules(plan, monitor, alert))
        case _:
            assert_never(monitor)


def _distinct(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules without those that an earlier one equals in name and labels: of two alerts on one monitor."""
    found: dict[Any, Rule] = {}
    for rule in rules:
        found.setdefault((rule.get("alert"), rule.get("record"), tuple(sorted(rule["labels"].items()))), rule)
    return list(found.values())


def _in_use(plan: ReleasePlan, alerts: tuple[Alert, ...]) -> tuple[Alert, ...]:
    """Return the alerts once a model predicts: before, every one on its quality would miss its data."""
    has_batch = plan.batch is not None and plan.batch.step.settings.get("model") is not None
    return alerts if is_serving(plan) or has_batch else ()


def _missing(plan: ReleasePlan) -> list[Rule]:
    """Return the alert on servers that do not answer, once: as severe as the worst alert on an objective."""
    objectives = {monitor.name for monitor in plan.monitors if isinstance(monitor, Objective)}
    asked = [alert for alert in plan.alerts if alert.monitor in objectives]
    scales_to_zero = plan.service is not None and plan.service.scaling.minimum == 0
    if not asked or scales_to_zero:
        return []
    return [missing_alert(plan, min(asked, key=lambda alert: _SEVERITIES.index(alert.severity)))]


def _origins(plan: ReleasePlan, groups: list[Group]) -> dict[FieldPath, FieldPath]:
    origins: dict[FieldPath, FieldPath] = {}
    by_monitor = {alert.monitor: alert.origin for alert in reversed(plan.alerts)}
    for index, group in enumerate(groups):
        place: FieldPath = ("spec", "groups", index)
        origins[place] = group.origin
        for inner, rule in enumerate(group.rules):
            alert = by_monitor.get(rule["labels"].get("monitor", "")) if "alert" in rule else None
            if alert is not None:
                origins[(*place, "rules", inner)] = alert
    return origins
