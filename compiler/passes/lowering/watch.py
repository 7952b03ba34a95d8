"""The scheduled measurement of a plan's monitors on production's data."""

from collections.abc import Mapping
from typing import Any

from compiler.ir.common import Schedule
from compiler.ir.monitors import DriftMonitor, Monitor, PerformanceMonitor
from compiler.ir.pipeline import Step
from compiler.ir.plan import Watch
from compiler.kinds.interface import KindOf
from compiler.kinds.naming import full_name
from compiler.kinds.steps import INGEST, WATCH
from compiler.source.digests import sha256_hex
from compiler.spec.resolved import ResolvedProject

HOUR, DAY_HOURS = 3600, 24
TIMEOUT_SECONDS = HOUR


def lower_watch(project: ResolvedProject, kind_of: KindOf, monitors: tuple[Monitor, ...]) -> Watch | None:
    """Return the measurement; None where nothing is measured on rows, or there is no model to measure for."""
    measured = [monitor for monitor in monitors if isinstance(monitor, (DriftMonitor, PerformanceMonitor))]
    drift: Step | None = kind_of("steps", WATCH).lower(project, kind_of) if measured else None
    if drift is None:
        return None
    ingest: Step = kind_of("steps", INGEST).lower(project, kind_of)
    steps = (ingest._replace(settings={**ingest.settings, "read": "production"}),
             drift._replace(settings={**drift.settings, "monitors": [_settings(monitor) for monitor in measured]}))
    seconds = min(_period_seconds(monitor) for monitor in measured)
    schedule = Schedule(cron(project.name, seconds), "Etc/UTC", project.mode == "development", measured[0].origin)
    return Watch(full_name(project, "drift"), steps, schedule, TIMEOUT_SECONDS, ("monitoring",))


def cron(name: str, period_seconds: int) -> str:
    """Return when to measure: at least once a period, and once a day; each project at a minute of its own."""
    hours = max(step for step in (1, 2, 3, 4, 6, 8, 12, DAY_HOURS) if step == 1 or step * HOUR <= period_seconds)
    minute = int(sha256_hex(name.encode())[:8], 16) % 60
    return f"{minute} {'*' if hours == 1 else '0' if hours == DAY_HOURS else f'*/{hours}'} * * *"


def _period_seconds(monitor: DriftMonitor | PerformanceMonitor) -> int:
    return monitor.window_seconds if isinstance(monitor, DriftMonitor) else monitor.labels_after_seconds


def _settings(monitor: DriftMonitor | PerformanceMonitor) -> Mapping[str, Any]:
    if isinstance(monitor, DriftMonitor):
        return {"name": monitor.name, "kind": monitor.kind, "statistic": monitor.statistic,
                "maximum": monitor.maximum, "window_seconds": monitor.window_seconds, "columns": list(monitor.columns)}
    return {"name": monitor.name, "kind": "performance", "metric": monitor.metric, "minimum": monitor.minimum,
            "maximum": monitor.maximum, "labels_after_seconds": monitor.labels_after_seconds}
