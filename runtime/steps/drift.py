"""Compare production's window with what the pinned model learned from, and publish the distances.

Drift is no failure of the step: it ends with exit code 0, the numbers, and the verdict `stop`.
The alert is Prometheus' to raise, by the limits of the spec.
"""

import json
from datetime import UTC, datetime
from typing import Any

from runtime.data.examples import read_examples
from runtime.drift.measuring import MINIMUM_ROWS, PERFORMANCE, Measurement, as_declared, measure
from runtime.drift.pinned import read_pinned
from runtime.features.columns import ColumnError
from runtime.metrics import Gauge, publish
from runtime.outcome import Context, Outcome, Refused

DISTANCE, MODEL_METRIC = "mlproject_drift_distance", "mlproject_model_metric"
MEASURED = "mlproject_monitor_measured_timestamp_seconds"


def run(context: Context, now: datetime | None = None) -> Outcome:
    """Write the report of every monitor, and publish what was measured."""
    settings, now = context.settings, now or datetime.now(UTC)
    pinned = read_pinned(settings["model"])
    rows = as_declared(read_examples(context.inputs["data"], settings, context.log), settings["columns"])
    try:
        found = list(measure(settings["monitors"], rows, pinned, task=settings["task"], target=settings["target"],
                             time_column=settings["time_column"]))
    except ColumnError as failure:
        raise Refused(f"production's rows cannot be measured: {failure}") from failure
    for measurement in found:
        _say(context, measurement)
    has_drifted = any(measurement.beyond for measurement in found)
    report = {"measured_at": now.isoformat(timespec="seconds"), "model": settings["model"], "rows": len(rows),
              "verdict": "drift" if has_drifted else "stable",
              "monitors": [_reported(monitor, measurement)
                           for monitor, measurement in zip(settings["monitors"], found, strict=True)]}
    context.outputs["report"].write_text(json.dumps(report, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    publish(context, [gauge for measurement in found for gauge in _gauges(measurement, now)])
    numbers = {f"{measurement.monitor}.{name}": value
               for measurement in found for name, value in measurement.values.items()}
    return Outcome(numbers | {"rows": len(rows), "drifted": sum(len(measurement.beyond) for measurement in found)},
                   "stop" if has_drifted else "pass")


def _say(context: Context, measurement: Measurement) -> None:
    extra = {"rows": measurement.rows, "values": dict(measurement.values)}
    if not measurement.is_measured:
        context.log.warning("%s is not measured: its window has %d rows, expected at least %d", measurement.monitor,
                            measurement.rows, MINIMUM_ROWS)
    elif measurement.beyond:
        context.log.warning("%s: beyond its limit: %s", measurement.monitor, ", ".join(measurement.beyond), extra=extra)
    else:
        context.log.info("%s: within its limit", measurement.monitor, extra=extra)


def _reported(monitor: dict[str, Any], measurement: Measurement) -> dict[str, Any]:
    return {**monitor, "rows": measurement.rows, "is_measured": measurement.is_measured,
            "values": [{"column": name, "value": value, "is_beyond": name in measurement.beyond}
                       for name, value in sorted(measurement.values.items(), key=lambda item: -item[1])]}


def _gauges(measurement: Measurement, now: datetime) -> list[Gauge]:
    """Return the series that the rules of the monitor read; what was not measured has none, and its alert says so."""
    if not measurement.is_measured:
        return []
    name, label = (MODEL_METRIC, "metric") if measurement.kind == PERFORMANCE else (DISTANCE, "column")
    monitor = {"monitor": measurement.monitor}
    return [Gauge(MEASURED, monitor, now.timestamp()),
            *(Gauge(name, monitor | {label: key}, value) for key, value in measurement.values.items())]
