"""External Secrets Operator, API v1: the keys that steps read, from the store of the organisation."""

from collections.abc import Iterator
from typing import Any

from compiler.artifact.artifact import Artifact, Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.common import SecretKey
from compiler.ir.plan import ReleasePlan
from compiler.source.path import FieldPath
from compiler.targets.interface import Target
from compiler.targets.kubernetes.metadata import metadata, object_name
from compiler.targets.kubernetes.waves import SECRETS

NAME = "external-secrets"


def render(plan: ReleasePlan) -> Iterator[Artifact | Diagnostic]:
    """Yield one ExternalSecret with every key of the plan; nothing where it has none."""
    if plan.secrets.keys:
        yield _external_secret(plan)


def _external_secret(plan: ReleasePlan) -> Manifest:
    name = object_name(plan, "secrets")
    keys = sorted(plan.secrets.keys, key=lambda key: key.name)
    body = {
        "apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret",
        "metadata": metadata(plan, name, "secrets", wave=SECRETS),
        "spec": {
            "refreshInterval": _interval(plan.secrets.refresh_seconds),
            "secretStoreRef": {"name": plan.secrets.store, "kind": plan.secrets.store_kind},
            # Retained where the store has lost a key: what runs keeps running until a person decides.
            "target": {"name": name, "creationPolicy": "Owner", "deletionPolicy": "Retain"},
            "data": [_entry(key) for key in keys]}}
    origins: dict[FieldPath, FieldPath] = {("spec", "data", index): key.origin for index, key in enumerate(keys)}
    return Manifest("secrets", body, plan.secrets.origin, origins)


def _entry(key: SecretKey) -> dict[str, Any]:
    return {"secretKey": key.name, "remoteRef": {"key": key.store_path, "property": key.key}}


def _interval(seconds: int) -> str:
    """Return a duration as Go writes it, so that it reads back the same."""
    return f"{seconds // 3600}h{seconds % 3600 // 60}m{seconds % 60}s"


TARGET = Target(NAME, render)
