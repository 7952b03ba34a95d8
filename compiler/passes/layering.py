"""Which layers make up a project in one environment, lowest first."""

from collections.abc import Mapping
from typing import Any

from compiler.passes.keys import TOP
from compiler.source.document import Document
from compiler.source.path import FieldPath
from compiler.spec.defaults import BUILT_IN, ENVIRONMENTS, TIERS
from compiler.spec.layers import Layer, merge
from compiler.spec.sections import SECTIONS, SETTINGS


def environments_of(document: Document) -> Mapping[str, Any]:
    """Return what the spec says of each of its environments, by name."""
    environments = document.data.get("environments")
    return environments if isinstance(environments, Mapping) and environments else ENVIRONMENTS


def layers_of(document: Document, organisation: Document | None, environment: str) -> tuple[Layer, ...]:
    """Return the layers: built-in, tier, organisation, organisation's environment, spec, environment."""
    above = [
        *_of_organisation(organisation, "organisation", ("defaults",)),
        *_of_organisation(organisation, f"organisation, environment {environment}", ("environments", environment)),
        Layer("spec", _pick(document.data), document),
        _environment_layer(document, environment),
    ]
    tier = tier_of(merge([Layer("built-in", BUILT_IN), *above]))
    tiers = [Layer(f"tier {tier}", TIERS[tier])] if tier in TIERS else []
    return (Layer("built-in", BUILT_IN), *tiers,
            *_of_organisation(organisation, f"organisation, tier {tier}", ("tiers", tier)), *above)


def tier_of(spec: Mapping[str, Any]) -> str:
    """Return the tier of a spec that may still be wrong in any way; the built-in one where it names none."""
    metadata = spec.get("metadata")
    tier = metadata.get("tier") if isinstance(metadata, Mapping) else None
    return tier if isinstance(tier, str) else str(BUILT_IN["metadata"]["tier"])


def _environment_layer(document: Document, environment: str) -> Layer:
    said = environments_of(document).get(environment) or {}
    name = f"environment {environment}"
    if "environments" not in document.data:
        return Layer(name, _with_settings(said))
    return Layer(name, _with_settings(said), document, ("environments", environment))


def _of_organisation(organisation: Document | None, name: str, path: FieldPath) -> list[Layer]:
    data: Any = organisation.data if organisation else None
    for part in path:
        data = data.get(part) if isinstance(data, Mapping) else None
    return [Layer(name, _with_settings(data), organisation, path)] if isinstance(data, Mapping) else []


def _with_settings(said: Mapping[str, Any]) -> dict[str, Any]:
    """Gather the settings of an environment, written beside its sections, below `environment`."""
    settings = {key: said[key] for key in SETTINGS if key in said}
    sections = {key: said[key] for key in SECTIONS if key in said}
    return sections | ({"environment": settings} if settings else {})


def _pick(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in TOP if key in data}
