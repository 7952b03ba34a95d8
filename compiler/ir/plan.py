"""The release plan: the narrow waist between what a spec can say and what a target can render."""

from collections.abc import Mapping

from compiler.ir.common import Environment, Identity, Schedule, SecretKey
from compiler.ir.monitors import Alert, Monitor
from compiler.ir.pipeline import Pipeline, Step
from compiler.ir.service import Service
from compiler.records import NamedTuple
from compiler.source.path import FieldPath


class BatchJob(NamedTuple):
    """Scheduled prediction; `model` is pinned in `step.settings`, None in the plan when there is none yet."""

    name: str
    step: Step
    schedule: Schedule
    timeout_seconds: int
    origin: FieldPath


class Watch(NamedTuple):
    """Scheduled measurement of the monitors that need production's rows: they are read, then compared."""

    name: str
    steps: tuple[Step, ...]
    schedule: Schedule
    timeout_seconds: int
    origin: FieldPath


class Quota(NamedTuple):
    """Most that the namespace may ask for."""

    cpu_millis: int
    memory_bytes: int
    accelerators: int
    pods: int
    origin: FieldPath


class Access(NamedTuple):
    """Identity, network and limits of the namespace.

    `annotations` are workload identity annotations of the service accounts;
    `gateway_namespace` is where requests come from, `monitoring_namespace` where metrics are read from.
    """

    annotations: Mapping[str, str]
    gateway_namespace: str
    monitoring_namespace: str
    quota: Quota
    origin: FieldPath


class Secrets(NamedTuple):
    """Keys that are read from an external store."""

    store: str
    store_kind: str
    refresh_seconds: int
    keys: tuple[SecretKey, ...]
    origin: FieldPath


class Metrics(NamedTuple):
    """How metrics are collected; `pushgateway` takes those of jobs, empty where there is none."""

    rule_labels: Mapping[str, str]
    scrape_interval_seconds: int
    origin: FieldPath
    pushgateway: str = ""


class Delivery(NamedTuple):
    """Where the rendered objects go and what keeps them there."""

    tool: str
    repository: str
    revision: str
    path: str
    server: str
    origin: FieldPath


class ReleasePlan(NamedTuple):
    """Everything one project asks for in one environment."""

    identity: Identity
    environment: Environment
    pipeline: Pipeline | None
    service: Service | None
    batch: BatchJob | None
    monitors: tuple[Monitor, ...]
    alerts: tuple[Alert, ...]
    access: Access
    secrets: Secrets
    metrics: Metrics
    delivery: Delivery
    orchestrator: str
    watch: Watch | None = None
