"""How the model is trained, on what, and when again."""

from typing import Literal, Required, TypedDict

from compiler.spec.words import (
    AnyNumber,
    Cpu,
    Cron,
    Duration,
    EntryPoint,
    Identifier,
    Image,
    Memory,
    Name,
    NonNegative,
    Positive,
    Timezone,
    Value,
)


class Accelerator(TypedDict, total=False):
    """Accelerators of one kind on each node."""

    type: Required[Name]
    """Name of the accelerator in `platform.accelerators`, such as nvidia-a100-40gb."""
    count: Positive
    """How many on each node."""


class Hardware(TypedDict, total=False):
    """What one pod gets; requests equal limits for memory and accelerators."""

    accelerator: Accelerator
    """GPUs or TPUs; without it, CPU alone."""
    cpu: Cpu
    """CPU cores."""
    memory: Memory
    """Memory."""
    disk: Memory
    """Scratch space."""
    spot: bool
    """Run on interruptible machines: needs retries and checkpoints."""
    nodes: Positive
    """Machines for distributed training."""
    distributed_with: Literal["kubeflow-trainer", "ray"]
    """What runs distributed training when there are several nodes."""


class Range(TypedDict, total=False):
    """Values that the search tries for one parameter."""

    minimum: AnyNumber
    """Smallest value."""
    maximum: AnyNumber
    """Largest value."""
    log: bool
    """Draw on a logarithmic scale."""
    integer: bool
    """Whole numbers only."""
    choices: list[Value]
    """Draw one of these."""


class Tuning(TypedDict, total=False):
    """A search for better parameters."""

    trials: Required[Positive]
    """How many parameter sets are tried."""
    parallel: Positive
    """How many at once."""
    metric: Required[Identifier]
    """Metric that decides."""
    direction: Literal["maximize", "minimize"]
    """Whether more is better; derived from the metric when left out."""
    seed: NonNegative
    """Seed of the sampler."""
    space: Required[dict[Identifier, Range]]
    """What is searched, by parameter."""


class Triggers(TypedDict, total=False):
    """What starts a training run."""

    schedule: Cron
    """Cron line of scheduled training."""
    timezone: Timezone
    """Time zone of the cron line; UTC unless said."""
    on_data: bool
    """Train when new data arrives."""
    on_drift: bool
    """Train when a drift alert asks for it."""
    on_spec_change: bool
    """Train when the training part of this spec changes."""


class Retry(TypedDict, total=False):
    """How often a failed step is tried again."""

    attempts: NonNegative
    """Further attempts after the first."""
    backoff: Duration
    """Wait before the first retry; doubles each time."""


class Checkpoint(TypedDict, total=False):
    """State kept during training, so that an interrupted run goes on."""

    every: Duration
    """How often state is written."""


class Training(TypedDict, total=False):
    """How the model is trained."""

    enabled: bool
    """False leaves the training pipeline out of this environment."""
    task: Literal["classification", "regression", "ranking", "anomaly-detection"]
    """What is learned; decides which metrics exist."""
    framework: Literal["scikit-learn", "lightgbm", "xgboost", "custom"]
    """Library that trains; `custom` calls `entry_point` in the team's own image."""
    algorithm: Name
    """Algorithm of the framework, such as hist-gradient-boosting."""
    entry_point: EntryPoint
    """Function of the team's own image: called as the documented training interface."""
    image: Image
    """Image of the pipeline's steps; pinned by digest in production."""
    parameters: dict[Identifier, Value]
    """Hyper-parameters of the algorithm."""
    seed: NonNegative
    """Seed of everything random in training."""
    hardware: Hardware
    """What the training step runs on."""
    tuning: Tuning
    """Search for better parameters."""
    triggers: Triggers
    """What starts a run."""
    retry: Retry
    """Retries of a failed step."""
    checkpoint: Checkpoint
    """State for interrupted runs."""
    timeout: Duration
    """Longest time of a whole run."""
