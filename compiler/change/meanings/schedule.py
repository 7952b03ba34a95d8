"""Schedules: when a run starts, and what starts one."""

from collections.abc import Iterator

from compiler.change.leaves import arrow
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change

_TRIGGERS = ("training", "triggers")
_BATCH = ("deployment", "batch")


def schedule(change: Change) -> Iterator[Meaning]:
    """Yield what becomes of cron lines, of triggers, and of the longest time of a run."""
    for place, what in ((_TRIGGERS, "training"), (_BATCH, "batch prediction")):
        for key in ("schedule", "timezone"):
            old, new = change.values(*place, key)
            if old != new:
                code = "stopped" if key == "schedule" and new is None else "moved"
                yield change.says(
                    f"schedule/{code}",
                    "high" if code == "stopped" else "medium",
                    f"{key} of {what} {arrow(old, new)}",
                    at=(*place, key),
                )
    for key, event in (("on_data", "new data"), ("on_drift", "drift"), ("on_spec_change", "a change of the spec")):
        old, new = change.values(*_TRIGGERS, key)
        if old != new:
            yield change.says(
                f"schedule/{'trigger-added' if new else 'trigger-removed'}",
                "medium" if new else "high",
                f"{event} {'starts' if new else 'no longer starts'} training",
                at=(*_TRIGGERS, key),
            )
    for path, what in ((("training", "timeout"), "a training run"), ((*_BATCH, "timeout"), "a batch run")):
        if change.below(path):
            yield change.says(
                "schedule/timeout", "low", f"longest time of {what} {arrow(*change.values(*path))}", at=path
            )


FAMILY = Between("schedule", schedule)
