"""Features by declared transforms and point-in-time joins.

Columns that no transform names are used as their type suggests: numbers as they are, classes
one-hot, protected columns and the target not at all.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.diagnostics.suggest import one_of, suggest
from compiler.kinds.columns import CATEGORICAL, TIMES, examples
from compiler.kinds.feature_checks import COLUMN_TYPE, JOIN, OPTION, TARGET, check_column
from compiler.kinds.features.parameters import Join, Transform
from compiler.kinds.interface import Parameters, SettingsKind
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds

# `with` is a word of Python, so this one key is written as a call.
_With = TypedDict("_With", {"with": Required[Literal["built-in"]]})


class BuiltInFeatures(_With, total=False):
    """Features are made by declared transforms, the same code in training and in serving."""

    transforms: list[Transform]
    """Transforms, in the order in which they are applied."""
    joins: list[Join]
    """Joins of other sources, before the transforms."""


_OPTIONS: Mapping[str, frozenset[str]] = {
    "scale": frozenset({"method"}), "one-hot": frozenset({"maximum_categories"}), "ordinal": frozenset(),
    "date-parts": frozenset({"parts"}), "log": frozenset(), "bucket": frozenset({"edges"}),
    "fill": frozenset({"value", "using"}), "drop": frozenset(), "aggregate": frozenset({"by", "function", "window"}),
}
_REQUIRED: Mapping[str, tuple[str, ...]] = {"date-parts": ("parts",), "bucket": ("edges",),
                                            "aggregate": ("by", "function")}
_OF_NUMBERS = frozenset({"scale", "log", "bucket"})


def lower(project: ResolvedProject, parameters: Parameters, _at: FieldPath) -> Mapping[str, Any]:
    """Return joins and transforms in their order."""
    return {"with": "built-in", "transforms": [_transform(transform) for transform in parameters.get("transforms", ())],
            "joins": [_join(project, join) for join in parameters.get("joins", ())]}


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield transforms and joins that cannot be made."""
    if not project.spec["data"]["sources"]:
        return
    for index, join in enumerate(parameters.get("joins", ())):
        yield from _check_join(project, join, (*at, "joins", index))
    joined = bool(parameters.get("joins"))
    for index, transform in enumerate(parameters.get("transforms", ())):
        place = (*at, "transforms", index)
        yield from _check_options(transform, place)
        yield from _check_columns(project, transform, place, may_be_joined=joined)


def _transform(transform: Transform) -> Mapping[str, Any]:
    own = {key: value for key, value in sorted(transform.items()) if key != "window"}
    return own | ({"window_seconds": seconds(transform["window"])} if "window" in transform else {})


def _join(project: ResolvedProject, join: Join) -> Mapping[str, Any]:
    joined = next((source for source in project.spec["data"]["sources"] if source["name"] == join["source"]), None)
    return {"source": join["source"], "on": list(join["on"]),
            "time_column": joined.get("time_column") if joined else None,
            "columns": list(join["columns"]) if "columns" in join else None,
            "tolerance_seconds": seconds(join["tolerance"]) if "tolerance" in join else None}


def _check_options(transform: Transform, at: FieldPath) -> Iterator[Diagnostic]:
    kind = transform["kind"]
    for key in sorted(set(transform) - {"kind", "columns"} - _OPTIONS[kind]):
        yield error(OPTION, f"`{key}` says nothing about {kind}", at=(*at, key),
                    help=one_of(_OPTIONS[kind]) if _OPTIONS[kind] else f"{kind} has no options")
    for key in _REQUIRED.get(kind, ()):
        if not transform.get(key):
            yield error(OPTION, f"{kind} needs `{key}`", at=at)
    if kind == "fill" and ("value" in transform) == ("using" in transform):
        yield error(OPTION, "fill needs either `value` or `using`", at=at)
    if any(before >= after for before, after in pairwise(transform.get("edges", ()))):
        yield error(OPTION, "the edges do not rise", at=(*at, "edges"))


def _check_columns(project: ResolvedProject, transform: Transform, at: FieldPath, *,
                   may_be_joined: bool) -> Iterator[Diagnostic]:
    source = examples(project)
    known = source.get("contract", {"columns": {}})["columns"]
    for index, column in enumerate(transform["columns"]):
        place = (*at, "columns", index)
        if column == project.spec["data"].get("target"):
            yield error(TARGET, f"the target `{column}` is transformed as a feature", at=place)
        elif column in known:
            yield from _check_type(transform["kind"], column, known[column]["type"], place)
        elif not may_be_joined:
            yield from check_column(source, column, place)
    if "window" in transform and "time_column" not in source:
        yield error(JOIN, f"source `{source['name']}` has no `time_column`, and a window goes back from a time",
                    at=(*at, "window"), help="set `time_column` on the source")


def _check_type(kind: str, column: str, type_name: str, at: FieldPath) -> Iterator[Diagnostic]:
    if kind in _OF_NUMBERS and type_name in CATEGORICAL | TIMES:
        yield error(COLUMN_TYPE, f"{kind} needs numbers, `{column}` is {type_name}", at=at)
    if kind == "date-parts" and type_name not in TIMES:
        yield error(COLUMN_TYPE, f"date-parts needs a date or a timestamp, `{column}` is {type_name}", at=at)


def _check_join(project: ResolvedProject, join: Join, at: FieldPath) -> Iterator[Diagnostic]:
    first, *others = project.spec["data"]["sources"]
    joined = next((source for source in others if source["name"] == join["source"]), None)
    if joined is None:
        meant = suggest(join["source"], [source["name"] for source in others])
        yield error(JOIN, f"`{join['source']}` is no source beside the table of examples", at=(*at, "source"),
                    help=f"did you mean `{meant}`?" if meant else "")
        return
    for source in (first, joined):
        if "time_column" not in source:
            yield error(JOIN, f"source `{source['name']}` has no `time_column`, and a join is made as of a time",
                        at=at, help="set `time_column` on the source")
        for index, column in enumerate(join["on"]):
            yield from check_column(source, column, (*at, "on", index))
    for index, column in enumerate(join.get("columns", ())):
        yield from check_column(joined, column, (*at, "columns", index))


KIND = SettingsKind("built-in", BuiltInFeatures, lower, check)
