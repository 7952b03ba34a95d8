"""Features from a Feast feature store, joined as they were known at the time of each event."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.kinds.columns import examples
from compiler.kinds.feature_checks import JOIN, check_column
from compiler.kinds.interface import Parameters, SettingsKind
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.words import Identifier, Uri

# `with` is a word of Python, so this one key is written as a call.
_With = TypedDict("_With", {"with": Required[Literal["feast"]]})


class Feast(_With, total=False):
    """Features are read from a Feast feature store."""

    feature_service: Required[Identifier]
    """Feature service that lists the features."""
    registry: Required[Uri]
    """Feast registry."""
    entities: Required[list[Identifier]]
    """Columns by which features are looked up."""


def lower(project: ResolvedProject, parameters: Parameters, _at: FieldPath) -> Mapping[str, Any]:
    """Return the settings of the runtime."""
    return {"with": "feast", "feature_service": parameters["feature_service"], "registry": parameters["registry"],
            "entities": list(parameters["entities"]), "time_column": examples(project).get("time_column")}


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield entities that are no columns, and a table of examples without a time."""
    if not project.spec["data"]["sources"]:
        return
    source = examples(project)
    if "time_column" not in source:
        yield error(JOIN, f"source `{source['name']}` has no `time_column`, and features are joined as of a time",
                    at=at, help="set `time_column` on the source")
    for index, column in enumerate(parameters["entities"]):
        yield from check_column(source, column, (*at, "entities", index))


KIND = SettingsKind("feast", Feast, lower, check)
