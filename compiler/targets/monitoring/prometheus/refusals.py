"""What Prometheus cannot be asked for."""

from collections.abc import Iterator

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.monitors import Alert, Monitor, Objective
from compiler.ir.plan import ReleasePlan
from compiler.targets.interface import unsupported
from compiler.targets.kubernetes.promql import duration
from compiler.targets.monitoring.prometheus.burn_rates import burns
from compiler.targets.monitoring.prometheus.pipelines import PIPELINE_ALERTS


def refusals(plan: ReleasePlan, tool: str) -> Iterator[Diagnostic]:
    """Yield what cannot be rendered as the plan asks for it."""
    monitors = {monitor.name: monitor for monitor in plan.monitors}
    for monitor in plan.monitors:
        if isinstance(monitor, Objective) and monitor.indicator == "latency" and monitor.threshold_milliseconds is None:
            yield unsupported(tool, "a latency objective without a threshold", at=monitor.origin,
                              help="set `threshold`, such as 50ms")
    for alert in plan.alerts:
        yield from _of_alert(alert, monitors.get(alert.monitor), tool)


def _of_alert(alert: Alert, monitor: Monitor | None, tool: str) -> Iterator[Diagnostic]:
    if monitor is None and alert.monitor not in PIPELINE_ALERTS:
        yield unsupported(tool, f"an alert on `{alert.monitor}`, which nothing measures", at=alert.origin)
    if isinstance(monitor, Objective) and not burns(monitor):
        yield unsupported(tool, f"an alert on {monitor.objective:g}% over {duration(monitor.window_seconds)}",
                          at=monitor.origin,
                          help="promise more than 0%, over a window of at least 3d: burn rates are measured over hours")
