"""The metrics of a project: the one table that rules, autoscalers and the runtime agree on.

The model server has no labels `project` and `environment`: Prometheus adds them when it reads
the server. What a pipeline step pushes has them itself.
"""

from collections.abc import Mapping
from typing import Final, Literal

from compiler.ir.plan import ReleasePlan
from compiler.records import NamedTuple


class Metric(NamedTuple):
    """A metric that the runtime exports; `labels` are those besides `project` and `environment`."""

    kind: Literal["counter", "gauge", "histogram"]
    by: Literal["server", "pipeline"]
    labels: tuple[str, ...]
    meaning: str


REQUESTS: Final = "mlproject_requests_total"
DURATION: Final = "mlproject_request_duration_seconds"
IN_FLIGHT: Final = "mlproject_requests_in_flight"
DRIFT: Final = "mlproject_drift_distance"
MODEL_METRIC: Final = "mlproject_model_metric"
MEASURED: Final = "mlproject_monitor_measured_timestamp_seconds"
GATE_PASSED: Final = "mlproject_gate_passed"
RUN_SUCCEEDED: Final = "mlproject_pipeline_succeeded_timestamp_seconds"
RUN_FAILED: Final = "mlproject_pipeline_failed_timestamp_seconds"

METRICS: Final[Mapping[str, Metric]] = {
    REQUESTS: Metric("counter", "server", ("code",), "answered requests, by HTTP status"),
    DURATION: Metric("histogram", "server", (), "time to answer; every latency objective is one of its buckets"),
    IN_FLIGHT: Metric("gauge", "server", (), "requests that wait for their answer"),
    DRIFT: Metric("gauge", "pipeline", ("monitor", "column"), "distance between the last window and training"),
    MODEL_METRIC: Metric("gauge", "pipeline", ("monitor", "metric"), "a metric of the model, on labels that came late"),
    MEASURED: Metric("gauge", "pipeline", ("monitor",), "when a monitor was last measured, in Unix time"),
    GATE_PASSED: Metric("gauge", "pipeline", ("gate",), "1 where the last model passed the gate, else 0"),
    RUN_SUCCEEDED: Metric("gauge", "pipeline", (), "when training last succeeded, in Unix time"),
    RUN_FAILED: Metric("gauge", "pipeline", (), "when training last failed, in Unix time"),
}

REQUEST_RATE: Final = "project:requests:rate5m"
"""Recorded by rules: requests a second of the project."""
REQUEST_ERRORS: Final = "project:request_errors:ratio_rate5m"
"""Recorded by rules: share of requests that ended with a server error."""


def latency_quantile(percent: int) -> str:
    """Return the recorded metric of a quantile of the latency in seconds, over five minutes."""
    return f"project:request_duration_seconds:p{percent}_rate5m"


def bad_requests(window: str) -> str:
    """Return the recorded metric of the share of requests that broke the objective in label `slo`, over a window."""
    return f"project:bad_requests:ratio_rate{window}"


def bucket(threshold_milliseconds: int) -> str:
    """Return the label `le` of the bucket that ends at a latency."""
    return str(threshold_milliseconds / 1000)


def owner(plan: ReleasePlan) -> dict[str, str]:
    """Return the labels that every series of the plan has."""
    return {"project": plan.identity.name, "environment": plan.environment.name}
