"""A scheduled run ends before the next one starts.

Runs do not overlap: a run that takes longer than the schedule's gap makes the next one be skipped,
and nobody notices that half of them never happen.

    triggers: {schedule: "*/30 * * * *"}, timeout: 4h    # wrong
    triggers: {schedule: "0 3 * * *"}, timeout: 4h       # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.cron import cron_problem, shortest_gap_minutes
from compiler.diagnostics.diagnostic import Diagnostic, Related, error
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds

CODE = "schedules/overlap"


def overlap(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield schedules that fire again before the timeout of the last run."""
    training = project.spec["training"]
    yield from _overlap(training["triggers"].get("schedule"), ("training", "triggers", "schedule"),
                        training["timeout"], ("training", "timeout"))
    batch = project.spec["deployment"].get("batch", {})
    yield from _overlap(batch.get("schedule"), ("deployment", "batch", "schedule"),
                        batch.get("timeout", "1h"), ("deployment", "batch", "timeout"))


def _overlap(schedule: str | None, at: FieldPath, timeout: str, timeout_at: FieldPath) -> Iterator[Diagnostic]:
    if schedule is None or cron_problem(schedule) is not None:
        return
    gap = shortest_gap_minutes(schedule)
    if gap * 60 < seconds(timeout):
        yield error(CODE, f"runs start every {gap} minutes and may take {timeout}", at=at,
                    help="run less often, or shorten the timeout",
                    related=(Related("the timeout", timeout_at),))


CHECK = Check(CODE, overlap)
