"""Several models answer side by side for good, each for its own callers."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Required, TypedDict

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.ir.service import Rollout
from compiler.kinds.interface import Parameters, StrategyKind
from compiler.kinds.strategies.parameters import Header, build_rollout, check_online
from compiler.source.path import FieldPath
from compiler.spec.markers import Text
from compiler.spec.resolved import ResolvedProject
from compiler.spec.words import Digest, Line, Name, Uri

MODELS = "strategies/models"

HeaderValue = Annotated[str, Text(r"[A-Za-z0-9._-]{1,100}", "a header value of letters, digits, `.`, `_` and `-`")]


class Variant(TypedDict, total=False):
    """A model for some callers, pinned by content."""

    name: Required[Name]
    """Name of the variant."""
    version: Required[Line]
    """Version in the registry."""
    uri: Required[Uri]
    """Folder of the model files, immutable."""
    digest: Required[Digest]
    """Digest of the signed manifest of the model files."""
    callers: Required[list[HeaderValue]]
    """Values of the header whose requests it answers."""


class MultiModel(TypedDict, total=False):
    """Several models answer side by side; callers of none of them get the model that the lock pins."""

    kind: Required[Literal["multi-model"]]
    """Models for different callers."""
    route_by: Required[Header]
    """Request header that names the caller."""
    models: Required[list[Variant]]
    """Models beside the one that the lock pins."""


def lower(_project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Rollout:
    """Return the rollout; `route_by` and `models` are its settings."""
    return build_rollout(parameters, at, route_by=parameters["route_by"].lower(),
                         models=[_variant(variant) for variant in parameters["models"]])


def check(project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield variants that share a name or a caller, or have no callers."""
    yield from check_online(project, parameters, at)
    names: set[str] = set()
    callers: set[str] = set()
    if not parameters["models"]:
        yield error(MODELS, "there is no model beside the pinned one", at=(*at, "models"), help="use kind: direct")
    for index, variant in enumerate(parameters["models"]):
        place = (*at, "models", index)
        if variant["name"] in names:
            yield error(MODELS, f"`{variant['name']}` is the name of an earlier model", at=(*place, "name"))
        if not variant["callers"]:
            yield error(MODELS, f"`{variant['name']}` answers nobody", at=(*place, "callers"))
        for caller in sorted({*variant["callers"]} & callers):
            yield error(MODELS, f"`{caller}` is a caller of an earlier model", at=(*place, "callers"))
        names.add(variant["name"])
        callers |= {*variant["callers"]}


def _variant(variant: Variant) -> Mapping[str, Any]:
    return {"name": variant["name"], "version": variant["version"], "uri": variant["uri"], "digest": variant["digest"],
            "callers": sorted(variant["callers"])}


KIND = StrategyKind("multi-model", MultiModel, lower, check)
