"""How Prometheus finds the model servers.

No Service that a serving tool makes is the same everywhere: KServe's own has a port of another
name in each mode, and Knative's two choose their pods by revision. So one more, without an
address, stands for the pods and nothing else: it works with every serving tool.
"""

from collections.abc import Iterator
from typing import Any

from compiler.artifact.artifact import Manifest
from compiler.ir.plan import ReleasePlan
from compiler.targets.kubernetes.metadata import metadata, object_name, selector
from compiler.targets.kubernetes.metric_names import owner
from compiler.targets.kubernetes.model_server import METRICS_PATH, PORT

COMPONENT = "monitoring"
_PORT_NAME = "metrics"


def is_serving(plan: ReleasePlan) -> bool:
    """Tell whether there are model servers to read."""
    return plan.service is not None and plan.service.model is not None


def scraping(plan: ReleasePlan) -> Iterator[Manifest]:
    """Yield the Service and the ServiceMonitor; nothing as long as nothing serves."""
    if is_serving(plan):
        yield Manifest("monitoring", _service(plan), plan.metrics.origin)
        yield Manifest("monitoring", _service_monitor(plan), plan.metrics.origin)


def _service(plan: ReleasePlan) -> dict[str, Any]:
    return {
        "apiVersion": "v1", "kind": "Service", "metadata": metadata(plan, object_name(plan, "metrics"), COMPONENT),
        "spec": {
            "type": "ClusterIP", "clusterIP": "None", "selector": selector(plan, "serving"),
            "ports": [{"name": _PORT_NAME, "port": PORT, "targetPort": PORT, "protocol": "TCP"}]}}


def _service_monitor(plan: ReleasePlan) -> dict[str, Any]:
    body = metadata(plan, object_name(plan), COMPONENT)
    body["labels"] |= dict(sorted(plan.metrics.rule_labels.items()))
    endpoint = {
        "port": _PORT_NAME, "path": METRICS_PATH, "scheme": "http",
        "interval": f"{plan.metrics.scrape_interval_seconds}s",
        # Labels that every series of the project has, whatever the server calls itself.
        "relabelings": [{"action": "replace", "targetLabel": label, "replacement": _literal(value)}
                        for label, value in owner(plan).items()]}
    return {"apiVersion": "monitoring.coreos.com/v1", "kind": "ServiceMonitor", "metadata": body,
            "spec": {"selector": {"matchLabels": selector(plan, COMPONENT)}, "endpoints": [endpoint]}}


def _literal(text: str) -> str:
    """Return a replacement in which no `$1` stands for what matched."""
    return text.replace("$", "$$")
