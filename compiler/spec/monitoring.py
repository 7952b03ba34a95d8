"""What is watched once the model runs."""

from typing import Annotated, Any, Literal, Required, TypedDict

from compiler.spec.markers import Envelope
from compiler.spec.words import AnyNumber, Duration, Identifier, Percentage


class Slo(TypedDict, total=False):
    """A service level objective."""

    name: Required[Literal["availability", "latency"]]
    """What is promised: answered requests, or answers within the threshold."""
    objective: Required[Percentage]
    """Percentage of good requests promised."""
    threshold: Duration
    """Time within which a request is good; for latency."""
    window: Duration
    """Window over which the objective holds; 30 days unless said."""


class Performance(TypedDict, total=False):
    """A metric recomputed once labels arrive."""

    metric: Required[Identifier]
    """Metric to recompute."""
    minimum: AnyNumber
    """Alert below this."""
    maximum: AnyNumber
    """Alert above this."""
    labels_after: Duration
    """How long labels take to arrive; a day unless said."""


class Monitoring(TypedDict, total=False):
    """What is watched."""

    enabled: bool
    """False leaves monitors out of this environment."""
    slos: list[Slo]
    """Service level objectives."""
    drift: list[Annotated[dict[str, Any], Envelope("drift", "kind")]]
    """Drift monitors: `kind: data` or `kind: prediction`."""
    performance: list[Performance]
    """Metrics recomputed on late labels."""
