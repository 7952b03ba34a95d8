"""Nodes that many parts of a plan share."""

from collections.abc import Mapping

from compiler.records import NamedTuple
from compiler.source.path import FieldPath


class Identity(NamedTuple):
    """Whose project it is and what everything derived from it is named after.

    `name` is the project's name; `prefix` stands before the names of objects in
    development (`dev-`), and is empty elsewhere.
    """

    name: str
    team: str
    tier: str
    description: str
    contacts: Mapping[str, str]
    prefix: str
    origin: FieldPath


class Environment(NamedTuple):
    """The environment that a plan is for."""

    name: str
    mode: str
    namespace: str
    promotes_from: str | None
    approvals: int
    origin: FieldPath


class Accelerator(NamedTuple):
    """Accelerators of one type on one node: what to ask for, how many, where to run."""

    type: str
    resource: str
    devices: int
    node_labels: Mapping[str, str]
    origin: FieldPath


class Resources(NamedTuple):
    """What one container gets; requests equal limits."""

    cpu_millis: int
    memory_bytes: int
    disk_bytes: int
    accelerator: Accelerator | None
    origin: FieldPath


class SecretKey(NamedTuple):
    """One value of an external secret: `secret://STORE_PATH#KEY`, known to the plan as `name`."""

    name: str
    store_path: str
    key: str
    origin: FieldPath


class Schedule(NamedTuple):
    """A cron line and its time zone; `is_paused` in development."""

    cron: str
    timezone: str
    is_paused: bool
    origin: FieldPath
