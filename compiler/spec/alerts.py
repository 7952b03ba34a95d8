"""Who is told, and about what."""

from typing import Literal, Required, TypedDict

from compiler.spec.words import Duration, HttpsUrl, Identifier

Channel = Literal["slack", "pagerduty", "opsgenie", "email"]


class Routes(TypedDict, total=False):
    """Channels by severity; each channel is a contact of `metadata.contacts`."""

    critical: list[Channel]
    """Wakes someone."""
    warning: list[Channel]
    """Read in working hours."""
    info: list[Channel]
    """Kept for the record."""


# `for` is a word of Python, so this one type is written as a call.
AlertRule = TypedDict("AlertRule", {
    "on": Required[Identifier],
    "severity": Required[Literal["critical", "warning", "info"]],
    "for": Duration,
    "then": Literal["retrain", "rollback"],
    "runbook": HttpsUrl,
}, total=False)
AlertRule.__doc__ = """An alert on a monitor of this spec.

`on` names the monitor: `slo.NAME`, `drift.KIND`, `performance.METRIC`, `gate.failed` or
`pipeline.failed`. `for` is how long it must hold before anyone is told; `then` what is
started beside telling people; `runbook` the page to open, the project's own unless said.
"""


class Alerts(TypedDict, total=False):
    """Alerting of the project."""

    enabled: bool
    """False leaves alerts out of this environment."""
    routes: Routes
    """Channels by severity."""
    rules: list[AlertRule]
    """Alerts."""
