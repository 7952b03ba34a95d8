"""Monitors and alerts of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compiler.ir.monitors import Alert, DriftMonitor, Monitor, Objective, PerformanceMonitor
from compiler.kinds.interface import KindOf
from compiler.kinds.monitors import is_watched, monitor_words
from compiler.kinds.numbering import numbered, slug
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import milliseconds, seconds

if TYPE_CHECKING:
    from compiler.spec.alerts import AlertRule
    from compiler.spec.monitoring import Performance, Slo

OF_PIPELINE = ("gate.failed", "pipeline.failed")
_WINDOW, _LABELS_AFTER = "30d", "1d"


def lower_monitors(project: ResolvedProject, kind_of: KindOf) -> tuple[Monitor, ...]:
    """Return what is watched, in the order of the spec; a second monitor of one word is numbered."""
    if not is_watched(project):
        return ()
    monitoring = project.spec["monitoring"]
    monitors: list[Monitor] = [_objective(slo, ("monitoring", "slos", index))
                               for index, slo in enumerate(monitoring["slos"])]
    monitors += [_drift(project, kind_of, index) for index in range(len(monitoring["drift"]))]
    monitors += [_performance(performance, ("monitoring", "performance", index))
                 for index, performance in enumerate(monitoring["performance"])]
    return tuple(monitor._replace(name=name)
                 for monitor, name in zip(monitors, numbered(monitor_words(project)), strict=True))


def lower_alerts(project: ResolvedProject) -> tuple[Alert, ...]:
    """Return the alerts of monitors and pipelines that this environment has.

    An alert on a word that several monitors share is an alert on each of them.
    """
    alerts = project.spec["alerts"]
    if not alerts["enabled"] or not project.spec["monitoring"]["enabled"]:
        return ()
    made = [_alert(project, rule, monitor, ("alerts", "rules", index))
            for index, rule in enumerate(alerts["rules"]) for monitor in _monitors_of(project, rule["on"])]
    return tuple(alert._replace(name=name)
                 for alert, name in zip(made, numbered(alert.name for alert in made), strict=True))


def _objective(slo: Slo, at: FieldPath) -> Objective:
    threshold = milliseconds(slo["threshold"]) if "threshold" in slo else None
    return Objective("", slo["name"], float(slo["objective"]), threshold, seconds(slo.get("window", _WINDOW)), at)


def _drift(project: ResolvedProject, kind_of: KindOf, index: int) -> DriftMonitor:
    parameters = project.spec["monitoring"]["drift"][index]
    monitor: DriftMonitor = kind_of("drift", parameters["kind"]).lower(
        project, parameters, ("monitoring", "drift", index))
    return monitor


def _performance(performance: Performance, at: FieldPath) -> PerformanceMonitor:
    return PerformanceMonitor("", performance["metric"], performance.get("minimum"), performance.get("maximum"),
                              seconds(performance.get("labels_after", _LABELS_AFTER)), at)


def _monitors_of(project: ResolvedProject, word: str) -> Iterator[str]:
    if word in OF_PIPELINE:
        yield from (word,) if project.spec["training"]["enabled"] else ()
    elif is_watched(project):
        words = monitor_words(project)
        yield from (name for name, own in zip(numbered(words), words, strict=True) if own == word)


def _alert(project: ResolvedProject, rule: AlertRule, monitor: str, at: FieldPath) -> Alert:
    routes = project.spec["alerts"]["routes"]
    name = slug(monitor)
    runbook = rule.get("runbook") or f"{project.spec['platform']['runbooks'].rstrip('/')}/{project.name}/{name}"
    return Alert(name, monitor, rule["severity"], seconds(rule["for"]) if "for" in rule else 0,
                 tuple(routes.get(rule["severity"], ())), rule.get("then"), runbook, at)
