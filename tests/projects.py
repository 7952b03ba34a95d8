"""Resolved projects for tests, made from small overrides of one good spec."""

import json
from typing import Any

from compiler.passes.resolve import resolve
from compiler.registry import discover
from compiler.source.document import Document
from compiler.source.read import read
from compiler.spec.layers import Layer, merge
from compiler.spec.resolved import ResolvedProject

GOOD: dict[str, Any] = {
    "apiVersion": "mlproject.dev/v1alpha1",
    "kind": "MLProject",
    "metadata": {"name": "fraud", "team": "risk", "contacts": {"slack": "#risk", "runbook_owner": "risk"}},
    "data": {
        "sources": [{"name": "rows", "uri": "s3://lake/rows/", "contract": {"columns": {
            "amount": {"type": "float64", "minimum": 0}, "booked_at": {"type": "timestamp"},
            "settled_at": {"type": "timestamp"}, "label": {"type": "int8", "allowed": [0, 1]}}}}],
        "target": "label",
    },
    "training": {"algorithm": "gradient-boosting"},
    "validation": {"gates": [{"kind": "metric", "metric": "roc_auc", "minimum": 0.9}]},
    "environments": {"dev": {"mode": "development"}},
}


def document_of(overrides: dict[str, Any], *, base: dict[str, Any] = GOOD) -> Document:
    """Return the good spec with overrides laid over it, as a document with spans."""
    data = merge([Layer("base", base), Layer("overrides", overrides)])
    document, problems = read(json.dumps(data, indent=1).encode(), "specs/fraud/mlproject.yaml")
    assert document is not None, problems
    return document


def projects_of(overrides: dict[str, Any]) -> tuple[ResolvedProject, ...]:
    """Return the project in each environment; overrides must be good."""
    registry = discover(())
    resolved = resolve(document_of(overrides), None, None, kind_of=registry.find, names_of=registry.names)
    assert not resolved.diagnostics, resolved.diagnostics
    return resolved.projects


def project_of(overrides: dict[str, Any]) -> ResolvedProject:
    """Return the project in its first environment."""
    return projects_of(overrides)[0]


