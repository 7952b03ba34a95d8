"""How much the namespace may ask for, and what a container gets that says nothing."""

from collections.abc import Iterator

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.plan import ReleasePlan
from compiler.targets.access.kubernetes.components import accelerator_resources
from compiler.targets.interface import unsupported
from compiler.targets.kubernetes.metadata import metadata, object_name
from compiler.targets.kubernetes.pods import cpu, memory
from compiler.targets.kubernetes.waves import ACCESS

_USUAL_ACCELERATOR = "nvidia.com/gpu"
"""What a quota counts where the plan asks for no accelerator: none may come in by another way."""


def refusals(plan: ReleasePlan, tool: str) -> Iterator[Diagnostic]:
    """Yield what a quota cannot say."""
    asked = accelerator_resources(plan)
    if len(asked) > 1:
        kinds = " and ".join(f"`{resource}`" for resource in sorted(asked))
        yield unsupported(tool, f"one quota of accelerators over {kinds}, each of which it counts on its own",
                          at=asked[sorted(asked)[-1]], help="use accelerators of one resource in one environment")


def resource_quota(plan: ReleasePlan) -> Manifest:
    """Return the quota; no Service of the namespace may open a port of the nodes or a load balancer."""
    quota = plan.access.quota
    amount = {"cpu": cpu(quota.cpu_millis), "memory": memory(quota.memory_bytes)}
    accelerators = sorted(accelerator_resources(plan)) or [_USUAL_ACCELERATOR]
    hard = {f"{kind}.{name}": value for kind in ("requests", "limits") for name, value in amount.items()}
    hard |= {f"requests.{resource}": str(quota.accelerators) for resource in accelerators}
    hard |= {"pods": str(quota.pods), "services.loadbalancers": "0", "services.nodeports": "0"}
    body = {"apiVersion": "v1", "kind": "ResourceQuota",
            "metadata": metadata(plan, object_name(plan), "access", wave=ACCESS), "spec": {"hard": hard}}
    return Manifest("access", body, quota.origin)


def limit_range(plan: ReleasePlan) -> Manifest:
    """Return what a container gets that names no resources: those that controllers add beside ours.

    Without it the quota refuses their pods.
    """
    body = {
        "apiVersion": "v1", "kind": "LimitRange",
        "metadata": metadata(plan, object_name(plan), "access", wave=ACCESS),
        "spec": {"limits": [{
            "type": "Container",
            "defaultRequest": {"cpu": "50m", "memory": "128Mi"},
            "default": {"cpu": "1", "memory": "1Gi"}}]}}
    return Manifest("access", body, plan.access.quota.origin)
