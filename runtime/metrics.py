"""Gauges for Prometheus from programs that end: pushed to a Pushgateway, or kept as a file for a collector.

Without one of these variables nothing is sent.

MLPROJECT_PUSHGATEWAY      address of a Pushgateway, such as http://pushgateway.monitoring:9091, or of what stands for
                           it on this machine: a folder
MLPROJECT_METRICS_FOLDER   folder of the node exporter's textfile collector
"""

import os
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from runtime.contract import PUSHGATEWAY_VARIABLE
from runtime.locations import locate
from runtime.outcome import Context, Unavailable

FOLDER = "MLPROJECT_METRICS_FOLDER"
_TIMEOUT_SECONDS = 10


class Gauge(NamedTuple):
    """One series and its value."""

    name: str
    labels: Mapping[str, str]
    value: float


def publish(context: Context, gauges: Iterable[Gauge]) -> None:
    """Send the gauges of a step, with the labels project and environment, wherever the environment says."""
    owner = {"project": context.project, "environment": context.environment}
    text = exposition(gauge._replace(labels=owner | dict(gauge.labels)) for gauge in gauges)
    address = locate(os.environ.get(PUSHGATEWAY_VARIABLE, ""))
    is_url = address.startswith(("http://", "https://"))
    for folder in filter(None, (os.environ.get(FOLDER), "" if is_url else address)):
        Path(folder).mkdir(parents=True, exist_ok=True)
        _write(Path(folder) / f"mlproject-{context.environment}-{context.project}-{context.step}.prom", text)
    if is_url:
        group = "".join(f"/{name}/{quote(value, safe='')}" for name, value in (*owner.items(), ("step", context.step)))
        _put(f"{address.rstrip('/')}/metrics/job/mlproject{group}", text)


def exposition(gauges: Iterable[Gauge]) -> str:
    """Return the gauges in Prometheus' text format 0.0.4, sorted, so that each name has its lines together."""
    lines: list[str] = []
    named = ""
    for gauge in sorted(gauges, key=lambda gauge: (gauge.name, sorted(gauge.labels.items()))):
        if gauge.name != named:
            lines.append(f"# TYPE {gauge.name} gauge")
            named = gauge.name
        labels = ",".join(f'{name}="{_escaped(value)}"' for name, value in sorted(gauge.labels.items()))
        lines.append(f"{gauge.name}{{{labels}}} {gauge.value!r}")
    return "".join(f"{line}\n" for line in lines)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def _write(path: Path, text: str) -> None:
    # The collector may read at any moment: it gets the old file or the new one.
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


def _put(address: str, text: str) -> None:
    request = urllib.request.Request(address, data=text.encode(), method="PUT",
                                     headers={"Content-Type": "text/plain; version=0.0.4"})
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS):
            pass
    except (urllib.error.URLError, TimeoutError, ConnectionError) as failure:
        raise Unavailable(f"the Pushgateway does not take the metrics: {failure}") from failure
