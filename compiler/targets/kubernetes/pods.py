"""Containers and pods: resources, security, scheduling."""

from typing import Any

from compiler.ir.common import Resources

USER = 10001
"""Numeric user and group of our images; a number lets the kubelet prove that it is not root."""


def resources(wanted: Resources) -> dict[str, Any]:
    """Return requests and limits, which are equal: what a pod may use is what the scheduler set aside."""
    amounts = {"cpu": cpu(wanted.cpu_millis), "memory": memory(wanted.memory_bytes),
               "ephemeral-storage": memory(wanted.disk_bytes)}
    if wanted.accelerator is not None:
        amounts[wanted.accelerator.resource] = str(wanted.accelerator.devices)
    return {"requests": amounts, "limits": dict(amounts)}


def cpu(millis: int) -> str:
    """Return CPU in the form that the API server stores: whole cores, or `500m`."""
    return str(millis // 1000) if millis % 1000 == 0 else f"{millis}m"


def memory(amount: int) -> str:
    """Return bytes in the largest binary unit that holds them exactly."""
    for unit, size in (("Ti", 2**40), ("Gi", 2**30), ("Mi", 2**20), ("Ki", 2**10)):
        if amount % size == 0:
            return f"{amount // size}{unit}"
    return str(amount)


def container_security() -> dict[str, Any]:
    """Return the security context of a container: no root, no writes to its image, no capabilities."""
    return {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "runAsNonRoot": True,
            "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}}


def pod_security() -> dict[str, Any]:
    """Return the security context of a pod."""
    return {"runAsNonRoot": True, "runAsUser": USER, "runAsGroup": USER, "fsGroup": USER,
            "seccompProfile": {"type": "RuntimeDefault"}}


def tolerations(wanted: Resources, *, spot_key: str = "") -> list[dict[str, Any]]:
    """Return tolerations of accelerator nodes, and of interruptible ones when spot_key is given."""
    keys = [] if wanted.accelerator is None else [wanted.accelerator.resource]
    keys += [spot_key] if spot_key else []
    return [{"key": key, "operator": "Exists", "effect": "NoSchedule"} for key in keys]


def node_selector(wanted: Resources) -> dict[str, str]:
    """Return labels of the nodes that have the accelerator."""
    return {} if wanted.accelerator is None else dict(sorted(wanted.accelerator.node_labels.items()))
