"""Plans that differ in how they serve."""

from typing import Any

from compiler.ir.plan import ReleasePlan
from compiler.ir.service import Scaling
from tests.targets.plans import GPU_NODE, SPOT, direct, full, minimal, service

AT = ("deployment", "scaling")
PROMETHEUS = "http://prometheus.monitoring.svc:9090"


def serving(**changes: Any) -> ReleasePlan:
    """Return the full plan with a direct rollout and changes of its service."""
    return full()._replace(service=service()._replace(**{"rollout": direct(), **changes}))


def scaled(metric: Any, value: float, *, minimum: int = 2, tool: str = "kserve", **settings: Any) -> ReleasePlan:
    """Return a plan that scales by a metric; settings are those of the serving tool."""
    return serving(tool=tool, settings=settings, scaling=Scaling(minimum, 20, metric, value, AT))


SERVING_PLANS = {
    "knative": serving(),
    "knative, down to zero": scaled("rps", 10, minimum=0),
    "knative on accelerators of spot machines": serving(resources=GPU_NODE, spot_key=SPOT, is_public=True),
    "knative with every setting": scaled("concurrency", 8, timeout="5m", concurrency_limit=16, protocol="v1"),
    "standard by cpu": scaled("cpu", 70, deployment_mode="standard"),
    "standard by memory, one replica": scaled("memory", 80, minimum=1, deployment_mode="standard"),
    "standard by requests": scaled("concurrency", 2.5, deployment_mode="standard", prometheus=PROMETHEUS),
    "standard on accelerators, public": serving(
        resources=GPU_NODE, spot_key=SPOT, is_public=True, settings={"deployment_mode": "standard"},
        scaling=Scaling(1, 2, "cpu", 50, AT)),
    "no model yet": serving(model=None),
    "plain kubernetes by cpu": scaled("cpu", 70, tool="kubernetes"),
    "plain kubernetes by requests": scaled("rps", 12.5, tool="kubernetes", prometheus=PROMETHEUS),
    "plain kubernetes on accelerators": serving(
        tool="kubernetes", resources=GPU_NODE, spot_key=SPOT, scaling=Scaling(1, 2, "cpu", 50, AT)),
    "nothing but training": minimal(),
}
