"""How a step is put together: what all steps have in common."""

from collections.abc import Mapping
from typing import Any

from compiler.ir.common import Resources, SecretKey
from compiler.ir.pipeline import Input, Retry, Step
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds
from runtime.contract import STEPS

MINUTE, HOUR = 60, 3600


def build_step(project: ResolvedProject, program: str, *, reads: Mapping[str, tuple[str, str]],
               settings: Mapping[str, Any], resources: Resources, origin: FieldPath, timeout_seconds: int = HOUR,
               secrets: tuple[SecretKey, ...] = (), only_if: str | None = None) -> Step:
    """Return the step that runs program; `reads` maps each input to the step and output it comes from.

    It follows the steps that it reads from and the one that it depends on. No step gets
    more time than the whole run.
    """
    training = project.spec["training"]
    sources = [step for step, _ in reads.values()] + ([only_if] if only_if else [])
    return Step(
        name=program, program=program, image=training["image"], after=tuple(dict.fromkeys(sources)),
        inputs=tuple(Input(name, *source) for name, source in reads.items()), outputs=STEPS[program].outputs,
        settings=settings, resources=resources, retry=retry(project),
        timeout_seconds=min(timeout_seconds, seconds(training["timeout"])), spot_key="", secrets=secrets,
        origin=origin, image_origin=("training", "image"), only_if=only_if)


def retry(project: ResolvedProject) -> Retry:
    """Return how often a failed step is tried again."""
    said = project.spec["training"]["retry"]
    return Retry(said["attempts"], seconds(said["backoff"]), ("training", "retry"))
