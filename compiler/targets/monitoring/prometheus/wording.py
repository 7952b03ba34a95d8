"""Names, labels and annotations of alerts, in which nothing of the user's is evaluated."""

import re
from typing import Any

from compiler.ir.monitors import Alert
from compiler.ir.plan import ReleasePlan
from compiler.targets.kubernetes.metric_names import owner
from compiler.targets.kubernetes.promql import duration

_WORD = re.compile(r"[A-Za-z0-9]+")


def camel(name: str) -> str:
    """Return a name as an alert is called: `drift.data` becomes `DriftData`."""
    return "".join(word[:1].upper() + word[1:] for word in _WORD.findall(name))


def literal(text: str) -> str:
    """Return text that reads as itself in a label or an annotation, which Prometheus takes for templates of Go.

    Every single brace is written by the template: no two of them meet, and none meets ours.
    """
    return text.replace("{", '{{"{"}}')


def alerting(plan: ReleasePlan, alert: Alert, *, name: str, expression: str, summary: str, description: str,
             seconds: int, severity: str = "") -> dict[str, Any]:
    """Return an alerting rule; summary and description are ours, and escaped where they quote.

    `seconds` is how long the expression must hold; `severity` that of the alert unless given.
    """
    annotations = {"summary": summary, "description": description}
    annotations |= {"runbook_url": literal(alert.runbook)} if alert.runbook else {}
    annotations |= {"channels": literal(", ".join(alert.channels))} if alert.channels else {}
    return {
        "alert": name, "expr": expression, **({"for": duration(seconds)} if seconds else {}),
        "labels": _labels(plan, alert, severity or alert.severity), "annotations": annotations}


def milder(severity: str) -> str:
    """Return the severity of what need not wake anyone: at most a warning."""
    return "warning" if severity == "critical" else severity


def _labels(plan: ReleasePlan, alert: Alert, severity: str) -> dict[str, str]:
    labels = {"severity": severity, "team": plan.identity.team, "tier": plan.identity.tier, **owner(plan),
              "monitor": alert.monitor, **({"then": alert.then} if alert.then else {})}
    return {key: literal(value) for key, value in labels.items()}
