"""What a step's container gets.

Training gets what the spec gives it.  Steps that read all rows get half of its memory, so that
more memory for training is more memory for them; the rest get little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler.ir.common import Accelerator, Resources
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import cpu_millis, memory_bytes

if TYPE_CHECKING:
    from compiler.spec.training import Hardware

GIB = 2**30
TRAINING = ("training", "hardware")


def resources(project: ResolvedProject, hardware: Hardware, at: FieldPath) -> Resources:
    """Return hardware of the spec in plain numbers."""
    return Resources(cpu_millis(hardware["cpu"]), memory_bytes(hardware["memory"]), memory_bytes(hardware["disk"]),
                     _accelerator(project, hardware, (*at, "accelerator")), at)


def training_resources(project: ResolvedProject) -> Resources:
    """Return what one node of training gets."""
    return resources(project, project.spec["training"]["hardware"], TRAINING)


def small() -> Resources:
    """Return what a step gets that moves a model or a few numbers."""
    return Resources(1000, 2 * GIB, 2 * GIB, None, TRAINING)


def for_rows(project: ResolvedProject) -> Resources:
    """Return what a step gets that reads all rows: one core, half of training's memory, its disk."""
    training = training_resources(project)
    return Resources(1000, max(2 * GIB, training.memory_bytes // 2), training.disk_bytes, None, TRAINING)


def for_model(project: ResolvedProject) -> Resources:
    """Return what a step gets that runs the model over held-out rows: two cores, memory as for rows."""
    return for_rows(project)._replace(cpu_millis=2000)


def spot_key(project: ResolvedProject, hardware: Hardware) -> str:
    """Return the taint of interruptible machines when the hardware may be one, else an empty string."""
    return project.spec["platform"]["cluster"]["spot_toleration"] if hardware["spot"] else ""


def _accelerator(project: ResolvedProject, hardware: Hardware, at: FieldPath) -> Accelerator | None:
    wanted = hardware.get("accelerator")
    if wanted is None:
        return None
    offered = project.spec["platform"]["accelerators"][wanted["type"]]
    return Accelerator(wanted["type"], offered["resource"], wanted.get("count", 1),
                       dict(sorted(offered.get("node_labels", {}).items())), at)
