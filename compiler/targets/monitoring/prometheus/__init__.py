"""Prometheus with its operator: what is read, what is computed from it, who is told when it is bad.

Only what the spec asks to be told of becomes an alert. Each of those has a companion that
says when its numbers stay away: an alert without data never fires.
"""

from collections.abc import Iterator

from compiler.artifact.artifact import Artifact
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.plan import ReleasePlan
from compiler.targets.interface import Target
from compiler.targets.monitoring.prometheus.refusals import refusals
from compiler.targets.monitoring.prometheus.rules import prometheus_rule
from compiler.targets.monitoring.prometheus.scraping import scraping

NAME = "prometheus"


def render(plan: ReleasePlan) -> Iterator[Artifact | Diagnostic]:
    """Yield how the model server is read, and the rules."""
    refused = tuple(refusals(plan, NAME))
    yield from refused
    if refused:
        return
    yield from scraping(plan)
    rule = prometheus_rule(plan)
    if rule is not None:
        yield rule


TARGET = Target(NAME, render)
