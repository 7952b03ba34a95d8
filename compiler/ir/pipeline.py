"""The training pipeline: steps, what passes between them, and the gates."""

from collections.abc import Mapping
from typing import Any, Literal

from compiler.ir.common import Resources, Schedule, SecretKey
from compiler.records import NamedTuple
from compiler.source.path import FieldPath


class Input(NamedTuple):
    """A file or folder that a step reads: `output` of the earlier step `step`."""

    name: str
    step: str
    output: str


class FanOut(NamedTuple):
    """A step that runs once for each item, at most `parallelism` at a time."""

    items: tuple[int, ...]
    parallelism: int


class Retry(NamedTuple):
    """Further attempts after a failure, with a wait that doubles."""

    attempts: int
    backoff_seconds: int
    origin: FieldPath


class Distribution(NamedTuple):
    """Training on several nodes, by the tool of that name."""

    tool: Literal["kubeflow-trainer", "ray"]
    nodes: int
    origin: FieldPath


class Gate(NamedTuple):
    """A condition on the model; `settings` is what the runtime's gate of that kind reads."""

    name: str
    kind: str
    mode: Literal["block", "warn", "off"]
    settings: Mapping[str, Any]
    origin: FieldPath


class Step(NamedTuple):
    """One program of the runtime with its inputs and outputs.

    `program` is a step name of `runtime.contract`; `settings` is its part of the plan file; `image_origin`
    is where the spec, or a layer below it, says the image.
    `after` are steps that must have succeeded; `only_if` names a step whose verdict must be
    `pass`. `spot_key` is the taint of the interruptible machines it may run on, empty for none.
    """

    name: str
    program: str
    image: str
    after: tuple[str, ...]
    inputs: tuple[Input, ...]
    outputs: tuple[str, ...]
    settings: Mapping[str, Any]
    resources: Resources
    retry: Retry
    timeout_seconds: int
    spot_key: str
    secrets: tuple[SecretKey, ...]
    origin: FieldPath
    image_origin: FieldPath
    only_if: str | None = None
    fan_out: FanOut | None = None
    distribution: Distribution | None = None


class Pipeline(NamedTuple):
    """Steps in an order in which each follows those it needs; `at_exit` runs whatever happened.

    `triggers` start a run beside the schedule: new data, a drift alert, a change of the training part of the spec.
    """

    name: str
    steps: tuple[Step, ...]
    at_exit: Step | None
    gates: tuple[Gate, ...]
    schedule: Schedule | None
    timeout_seconds: int
    origin: FieldPath
    triggers: tuple[Literal["data", "drift", "spec-change"], ...] = ()
