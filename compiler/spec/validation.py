"""The gates that a model must pass."""

from typing import Annotated, Any, TypedDict

from compiler.spec.markers import Envelope
from compiler.spec.words import Identifier


class Validation(TypedDict, total=False):
    """What is measured on held-out data, and what must hold."""

    dataset: Identifier
    """Which rows are used: `holdout`, or the name of a source."""
    metrics: list[Identifier]
    """Metrics to compute beside those that the task brings."""
    gates: list[Annotated[dict[str, Any], Envelope("gates", "kind")]]
    """Conditions on the model; `mode: block` (default), `warn` or `off`."""
