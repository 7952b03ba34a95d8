"""A route names a channel that `metadata.contacts` says how to reach.

An alert that is routed to a pager which nobody configured wakes nobody.

    metadata: {contacts: {slack: "#risk"}}
    alerts: {routes: {critical: [pagerduty]}}    # wrong
    alerts: {routes: {critical: [slack]}}        # right
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

if TYPE_CHECKING:
    from compiler.spec.alerts import Routes

CODE = "references/route-contact"


def route_contact(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield channels without a contact."""
    contacts = project.spec["metadata"]["contacts"]
    routes = project.spec["alerts"]["routes"]
    for severity in ("critical", "warning", "info"):
        for index, channel in enumerate(_channels(routes, severity)):
            if channel not in contacts:
                yield error(CODE, f"{severity} alerts go to `{channel}`, which is no contact of the project",
                            at=("alerts", "routes", severity, index),
                            help=f"set metadata.contacts.{channel}")


def _channels(routes: Routes, severity: str) -> list[str]:
    match severity:
        case "critical":
            return [*routes.get("critical", ())]
        case "warning":
            return [*routes.get("warning", ())]
        case _:
            return [*routes.get("info", ())]


CHECK = Check(CODE, route_contact)
