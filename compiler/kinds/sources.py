"""Data sources as the runtime reads them."""

from collections.abc import Mapping
from typing import Any

from compiler.kinds.interface import KindOf
from compiler.kinds.references import source_secret_name
from compiler.spec.resolved import ResolvedProject


def lower_sources(project: ResolvedProject, kind_of: KindOf) -> list[Mapping[str, Any]]:
    """Return the sources in their order, each with the settings of its versioning."""
    return [_lower_source(project, kind_of, index) for index in range(len(project.spec["data"]["sources"]))]


def _lower_source(project: ResolvedProject, kind_of: KindOf, index: int) -> Mapping[str, Any]:
    source = project.spec["data"]["sources"][index]
    at = ("data", "sources", index, "version")
    columns = source["contract"]["columns"] if "contract" in source else {}
    versioning = kind_of("versioning", source["version"]["with"])
    return {
        "name": source["name"],
        "uri": source["uri"],
        "format": source["format"],
        "classification": source["classification"],
        "layer": source["layer"],
        "fallback": source["fallback"],
        "time_column": source.get("time_column"),
        "columns": {name: column["type"] for name, column in sorted(columns.items())},
        "version": versioning.lower(project, source["version"], at),
        "secret": source_secret_name(source["name"]) if "credentials" in source else None,
    }
