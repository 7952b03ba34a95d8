"""An objective can be kept and can be missed, over a window that says something.

100 percent leaves no room for a single failed request: the alert would fire for ever.  A latency
objective needs the time that is still good, an availability objective has none.

    {name: availability, objective: 100}                       # wrong
    {name: latency, objective: 99}                             # wrong: good is how fast?
    {name: latency, objective: 99, threshold: 50ms, window: 30d}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds

if TYPE_CHECKING:
    from compiler.spec.monitoring import Slo

CODE = "monitoring/objective"
DAY = 86_400


def objective(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield objectives that cannot be kept, missed, or measured."""
    for index, slo in enumerate(project.spec["monitoring"]["slos"]):
        yield from _faults(slo, ("monitoring", "slos", index))


def _faults(slo: Slo, at: FieldPath) -> Iterator[Diagnostic]:
    if not 50 <= slo["objective"] < 100:
        yield error(CODE, f"objective {slo['objective']} is not from 50 to below 100", at=(*at, "objective"),
                    help="99.9 allows 43 minutes a month, 99 allows 7 hours")
    if slo["name"] == "latency" and "threshold" not in slo:
        yield error(CODE, "a latency objective has no `threshold`", at=(*at, "threshold"),
                    help="set the time within which an answer is good, such as threshold: 50ms")
    if slo["name"] == "availability" and "threshold" in slo:
        yield error(CODE, "an availability objective has a threshold", at=(*at, "threshold"),
                    help="a threshold belongs to latency")
    if "window" in slo and not DAY <= seconds(slo["window"]) <= 90 * DAY:
        yield error(CODE, f"window {slo['window']} is not from 1d to 90d", at=(*at, "window"), help="30d is usual")


CHECK = Check(CODE, objective)
