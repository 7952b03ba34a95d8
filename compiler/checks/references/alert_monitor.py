"""An alert names a monitor of the spec.

An alert on something that nobody measures never fires, and looks like safety.

    alerts: {rules: [{on: slo.latancy, severity: critical}]}    # wrong
    alerts: {rules: [{on: slo.latency, severity: critical}]}    # right, with a slo of that name
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.diagnostics.suggest import one_of, suggest
from compiler.spec.resolved import ResolvedProject

CODE = "references/alert-monitor"
ALWAYS = ("gate.failed", "pipeline.failed")


def alert_monitor(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield alerts on what is not monitored."""
    known = _monitors(project)
    for index, rule in enumerate(project.spec["alerts"]["rules"]):
        if rule["on"] not in known:
            meant = suggest(rule["on"], known)
            yield error(CODE, f"alert on `{rule['on']}`, which is not monitored",
                        at=("alerts", "rules", index, "on"),
                        help=f"did you mean `{meant}`?" if meant else one_of(known))


def _monitors(project: ResolvedProject) -> tuple[str, ...]:
    monitoring = project.spec["monitoring"]
    names = [f"slo.{slo['name']}" for slo in monitoring["slos"]]
    names += [f"drift.{drift['kind']}" for drift in monitoring["drift"]]
    names += [f"performance.{performance['metric']}" for performance in monitoring["performance"]]
    return (*sorted(set(names)), *ALWAYS)


CHECK = Check(CODE, alert_monitor)
