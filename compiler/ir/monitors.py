"""What is watched and who is told."""

from typing import Literal

from compiler.records import NamedTuple
from compiler.source.path import FieldPath


class Objective(NamedTuple):
    """A service level objective: `objective` percent of requests are good over the window.

    Good means answered without a server error (availability) or within `threshold_milliseconds`
    (latency).
    """

    name: str
    indicator: Literal["availability", "latency"]
    objective: float
    threshold_milliseconds: int | None
    window_seconds: int
    origin: FieldPath


class DriftMonitor(NamedTuple):
    """A distance between production's window and the training profile, and its limit.

    `columns` is empty where the prediction is measured, and where no contract names the columns:
    then every feature of the profile is.
    """

    name: str
    kind: str
    statistic: str
    maximum: float
    window_seconds: int
    columns: tuple[str, ...]
    origin: FieldPath


class PerformanceMonitor(NamedTuple):
    """A metric recomputed when labels arrive, and its limits."""

    name: str
    metric: str
    minimum: float | None
    maximum: float | None
    labels_after_seconds: int
    origin: FieldPath


Monitor = Objective | DriftMonitor | PerformanceMonitor


class Alert(NamedTuple):
    """Someone is told when the monitor called `monitor` is bad for `for_seconds`.

    `monitor` is a monitor's name, `gate.failed` or `pipeline.failed`; `channels` are the
    contacts of the severity; `then` is started as well.
    """

    name: str
    monitor: str
    severity: Literal["critical", "warning", "info"]
    for_seconds: int
    channels: tuple[str, ...]
    then: Literal["retrain", "rollback"] | None
    runbook: str
    origin: FieldPath
