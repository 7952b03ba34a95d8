"""Serving: the model in use, how many replicas answer, how a new model takes over."""

from collections.abc import Mapping
from typing import Any, Literal

from compiler.ir.common import Resources
from compiler.records import NamedTuple
from compiler.source.path import FieldPath


class ServedModel(NamedTuple):
    """The model that the lock pins, by content."""

    version: str
    uri: str
    digest: str
    must_be_signed: bool
    origin: FieldPath


class Scaling(NamedTuple):
    """Replicas; `metric` is concurrency, rps, cpu or memory, `value` the load of one replica."""

    minimum: int
    maximum: int
    metric: Literal["concurrency", "rps", "cpu", "memory"]
    value: float
    origin: FieldPath


class TrafficStep(NamedTuple):
    """A share of traffic in percent, held for a time."""

    weight: int
    hold_seconds: int
    origin: FieldPath


class Analysis(NamedTuple):
    """A monitor that must stay good while traffic moves: the name of a monitor of the plan."""

    monitor: str
    maximum: float | None
    origin: FieldPath


class Rollout(NamedTuple):
    """How a new model takes over. `kind` is direct, canary, blue-green, shadow, ab-test or multi-model."""

    kind: str
    steps: tuple[TrafficStep, ...]
    analysis: tuple[Analysis, ...]
    on_failure: Literal["rollback", "pause"]
    settings: Mapping[str, Any]
    origin: FieldPath


class Service(NamedTuple):
    """An online service. `model` is None as long as no model was promoted: nothing serves yet.

    `tool` names the serving target, `settings` are its own parameters. `spot_key` is the taint of
    the interruptible machines it may run on, empty for none.
    """

    name: str
    tool: str
    settings: Mapping[str, Any]
    image: str
    model: ServedModel | None
    resources: Resources
    spot_key: str
    scaling: Scaling
    rollout: Rollout
    is_public: bool
    origin: FieldPath
