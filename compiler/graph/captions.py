"""What the box of a step says: its name, and below it what a reviewer asks about."""

from compiler.graph.edges import is_first_behind
from compiler.ir.common import Resources
from compiler.ir.pipeline import Gate, Pipeline, Step

LONGEST = 36
SHOWN_GATES = 6


def is_gate(step: Step) -> bool:
    """Tell whether a step judges the model."""
    return step.program == "gates"


def captions(pipeline: Pipeline, step: Step) -> tuple[str, ...]:
    """Return the lines below the name of a step."""
    lines = [_machine(step.resources)]
    if step.fan_out is not None:
        lines.append(f"{len(step.fan_out.items)} runs, {step.fan_out.parallelism} at once")
    if step.distribution is not None and step.distribution.nodes > 1:
        lines.append(f"{step.distribution.nodes} nodes, {step.distribution.tool}")
    if is_first_behind(pipeline, step):
        lines.append(f"needs a pass of {step.only_if}")
    if is_gate(step):
        lines += [_gate(gate) for gate in pipeline.gates[:SHOWN_GATES]]
        hidden = len(pipeline.gates) - SHOWN_GATES
        lines += [f"and {hidden} more"] if hidden > 0 else []
    return tuple(shortened(line) for line in lines)


def shortened(text: str) -> str:
    """Return text, cut where it would make its box too wide."""
    return text if len(text) <= LONGEST else text[:LONGEST - 1] + "…"


def _machine(wanted: Resources) -> str:
    parts = [f"{wanted.cpu_millis / 1000:g} CPU", f"{wanted.memory_bytes / 2**30:.3g} GiB"]
    if wanted.accelerator is not None:
        parts.append(f"{wanted.accelerator.devices} × {wanted.accelerator.type}")
    return ", ".join(parts)


def _gate(gate: Gate) -> str:
    return gate.name if gate.mode == "block" else f"{gate.name} ({gate.mode})"
