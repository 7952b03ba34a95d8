"""What a step or a replica asks for fits the quota of its namespace.

A pod over the quota is refused when it is created, after everything before it has run.

    training: {hardware: {cpu: 96}}        # wrong
    platform: {quota: {cpu: 64}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import cpu_millis, memory_bytes

if TYPE_CHECKING:
    from compiler.spec.platform import Quota
    from compiler.spec.training import Hardware

CODE = "quantities/quota"


def quota(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield hardware that the namespace may never have."""
    limits = project.spec["platform"].get("quota", {})
    yield from _over(project.spec["training"]["hardware"], limits, ("training", "hardware"))
    yield from _over(project.spec["deployment"]["hardware"], limits, ("deployment", "hardware"))
    most = project.spec["deployment"]["scaling"]["maximum"]
    if "pods" in limits and most > limits["pods"]:
        yield error(CODE, f"{most} replicas are over the quota of {limits['pods']} pods",
                    at=("deployment", "scaling", "maximum"), help="scale to fewer, or raise platform.quota")


def _over(hardware: Hardware, limits: Quota, at: FieldPath) -> Iterator[Diagnostic]:
    help = "ask for less, or raise platform.quota"
    if "cpu" in limits and cpu_millis(hardware["cpu"]) > cpu_millis(limits["cpu"]):
        yield error(CODE, f"cpu {hardware['cpu']} is over the quota of {limits['cpu']}", at=(*at, "cpu"), help=help)
    if "memory" in limits and memory_bytes(hardware["memory"]) > memory_bytes(limits["memory"]):
        yield error(CODE, f"memory {hardware['memory']} is over the quota of {limits['memory']}", at=(*at, "memory"),
                    help=help)
    devices = hardware.get("accelerator", {}).get("count", 1) if "accelerator" in hardware else 0
    if "accelerators" in limits and devices > limits["accelerators"]:
        yield error(CODE, f"{devices} accelerators are over the quota of {limits['accelerators']}",
                    at=(*at, "accelerator"), help=help)


CHECK = Check(CODE, quota)
