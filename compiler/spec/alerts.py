"""Who is told, and about what."""

from typing import Literal, Required, TypedDict

from compiler.spec.words import Duration, HttpsUrl, Identifier, SecretReference

Channel = Literal["slack", "pagerduty", "opsgenie", "email"]


class Routes(TypedDict, total=False):
    """Channels by severity; each channel is a contact of `metadata.contacts`."""

    critical: list[Channel]
    """Wakes someone."""
    warning: list[Channel]
    """Read in working hours."""
    info: list[Channel]
    """Kept for the record."""


class ChannelSecrets(TypedDict, total=False):
    """What the workflow needs to tell people by itself; a channel without one is told by the log alone."""

    slack: SecretReference
    """Address of an incoming webhook."""
    pagerduty: SecretReference
    """Routing key of an Events API v2 integration."""
    opsgenie: SecretReference
    """API key."""
    email: SecretReference
    """Mail server, as smtps://USER:PASSWORD@HOST:PORT."""


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
    secrets: ChannelSecrets
    """Secrets of the channels, for the end of a pipeline; alerts of monitors are Alertmanager's to send."""
    rules: list[AlertRule]
    """Alerts."""
