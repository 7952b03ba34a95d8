"""How the model is served or run in batch, and how a new one takes over."""

from typing import Annotated, Any, Literal, Required, TypedDict

from compiler.spec.markers import Envelope
from compiler.spec.training import Hardware
from compiler.spec.words import AnyNumber, Cron, Duration, Image, NonNegative, Positive, Timezone, Uri


class ScalingTarget(TypedDict, total=False):
    """The load that one replica should carry."""

    metric: Required[Literal["concurrency", "rps", "cpu", "memory"]]
    """What is measured: requests in flight, requests a second, or percent of the request."""
    value: Required[AnyNumber]
    """Load of one replica."""


class Scaling(TypedDict, total=False):
    """How many replicas serve."""

    minimum: NonNegative
    """Fewest replicas; 0 scales to zero when idle."""
    maximum: Positive
    """Most replicas."""
    target: ScalingTarget
    """Load that adds a replica."""


class Batch(TypedDict, total=False):
    """When and where predictions are written."""

    schedule: Cron
    """Cron line of the batch run."""
    timezone: Timezone
    """Time zone of the cron line; UTC unless said."""
    output: Uri
    """Where predictions are written."""
    timeout: Duration
    """Longest time of a batch run."""


class Deployment(TypedDict, total=False):
    """How predictions are made available."""

    enabled: bool
    """False leaves serving out of this environment."""
    kind: Literal["online", "batch"]
    """A service that answers requests, or a scheduled job."""
    serving: Annotated[dict[str, Any], Envelope("serving", "with")]
    """Serving tool: `with: kserve` and its settings."""
    image: Image
    """Image of the model server; pinned by digest in production."""
    hardware: Hardware
    """What one replica gets."""
    scaling: Scaling
    """How many replicas serve."""
    batch: Batch
    """Schedule and output of batch prediction."""
    strategy: Annotated[dict[str, Any], Envelope("strategies", "kind")]
    """How a new model takes over: `kind: direct`, `canary`, `blue-green`, `shadow`, `ab-test`, `multi-model`."""
    public: bool
    """Whether callers outside the cluster are let in."""
