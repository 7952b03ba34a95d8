"""The columns of the table of examples, as far as its contract names them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from compiler.spec.resolved import ResolvedProject

if TYPE_CHECKING:
    from compiler.spec.data import Column, Source

CATEGORICAL = frozenset({"string", "category", "bool"})
TIMES = frozenset({"date", "timestamp"})


def examples(project: ResolvedProject) -> Source:
    """Return the source that is the table of examples: the first one. There must be one."""
    return project.spec["data"]["sources"][0]


def columns(project: ResolvedProject) -> Mapping[str, Column]:
    """Return the columns of the table of examples by name, sorted; none when it has no contract."""
    if not project.spec["data"]["sources"]:
        return {}
    return dict(sorted(examples(project).get("contract", {"columns": {}})["columns"].items()))


def protected_columns(project: ResolvedProject) -> tuple[str, ...]:
    """Return the protected attributes, sorted."""
    return tuple(name for name, column in columns(project).items() if column.get("protected", False))


def feature_columns(project: ResolvedProject) -> tuple[str, ...]:
    """Return the columns that the model may learn from, sorted: not the target, not what is protected or dropped."""
    transforms = project.spec["data"]["features"].get("transforms", ())
    dropped = {name for transform in transforms if transform["kind"] == "drop" for name in transform["columns"]}
    hidden = {project.spec["data"].get("target"), *protected_columns(project), *dropped}
    return tuple(name for name in columns(project) if name not in hidden)
