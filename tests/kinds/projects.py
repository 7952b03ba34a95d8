"""Resolved projects for tests: overrides over a small spec over the built-in layer, nothing read from disk."""

from collections.abc import Mapping
from typing import Any, cast

from compiler.source.document import Document
from compiler.spec.defaults import BUILT_IN, SOURCE, TIERS
from compiler.spec.layers import Layer, merge
from compiler.spec.lock import PinnedModel
from compiler.spec.project import ProjectSpec
from compiler.spec.resolved import ResolvedProject

DIGEST = "sha256:" + "1f" * 32
PINNED: PinnedModel = {"version": "17", "uri": "s3://models/card-fraud/17/", "digest": DIGEST}
COLUMNS = {
    "amount": {"type": "float64", "minimum": 0},
    "country": {"type": "category", "allowed": ["DE", "FR"]},
    "booked_at": {"type": "timestamp", "nullable": False},
    "sex": {"type": "category", "protected": True},
    "label": {"type": "int8", "allowed": [0, 1], "nullable": False},
}
SPEC: dict[str, Any] = {
    "metadata": {"name": "card-fraud", "team": "risk"},
    "data": {"target": "label", "sources": [
        {"name": "transactions", "uri": "s3://lake/transactions/", "contract": {"columns": COLUMNS}}]},
    "training": {"algorithm": "random-forest"},
}
DOCUMENT = Document("mlproject.yaml", "", SPEC, {}, {})


def project(*overrides: Mapping[str, Any], environment: str = "production",
            model: PinnedModel | None = None) -> ResolvedProject:
    """Return the small project with overrides, later ones over earlier ones."""
    said = [Layer("override", override) for override in overrides]
    merged = merge([Layer("built-in", BUILT_IN), Layer("tier", TIERS["standard"]), Layer("spec", SPEC), *said])
    merged["data"]["sources"] = [merge([Layer("built-in", SOURCE), Layer("spec", source)])
                                 for source in merged["data"]["sources"]]
    return ResolvedProject(cast("ProjectSpec", merged), environment, {environment: merged["environment"]}, (),
                           DOCUMENT, model)


def of_task(task: str, **data: Any) -> ResolvedProject:
    """Return a project of a task."""
    return project({"training": {"task": task}, "data": data})


def source(**changes: Any) -> dict[str, Any]:
    """Return the override that changes the only source."""
    return {"data": {"sources": [SPEC["data"]["sources"][0] | changes]}}
