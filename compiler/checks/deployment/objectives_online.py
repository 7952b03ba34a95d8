"""Objectives on requests need a service that answers requests.

A batch job has no latency; an alert on it would never have data.

    deployment: {kind: batch}, monitoring: {slos: [{name: latency, ...}]}    # wrong
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "deployment/objectives-online"


def objectives_online(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield objectives of a batch deployment."""
    if project.spec["deployment"]["kind"] == "batch" and project.spec["monitoring"]["slos"]:
        yield error(CODE, "a batch deployment has objectives on requests", at=("monitoring", "slos"),
                    help="watch drift and performance instead, and alert on pipeline.failed")


CHECK = Check(CODE, objectives_online)
