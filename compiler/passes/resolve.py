"""Resolve: a spec, the organisation's defaults and the lock become one project for each environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from compiler.diagnostics.diagnostic import Diagnostic, error, has_errors
from compiler.passes.decode import KindOf, NamesOf, decode, decode_document
from compiler.passes.keys import (
    removals_of_nothing,
    unknown_environments,
    unknown_keys,
    unknown_keys_of_organisation,
    without_echoes,
)
from compiler.passes.layering import environments_of, layers_of, tier_of
from compiler.passes.placing import placed
from compiler.records import NamedTuple
from compiler.source.document import Document
from compiler.spec.defaults import BUILT_IN, SOURCE, TIERS
from compiler.spec.layers import Layer, merge, restore
from compiler.spec.resolved import ResolvedProject

if TYPE_CHECKING:
    from compiler.spec.lock import PinnedModel
    from compiler.spec.project import ProjectSpec


class Resolved(NamedTuple):
    """The projects of one spec, by environment in sorted order, and what was found on the way."""

    projects: tuple[ResolvedProject, ...]
    diagnostics: tuple[Diagnostic, ...]


def check_shape(document: Document) -> Iterator[Diagnostic]:
    """Yield what makes a document no spec at all."""
    if not isinstance(document.data, Mapping):
        yield error("spec/not-a-mapping", "the document is not a mapping", at=(),
                    help="start from `mlproject init`")
        return
    environments = document.data.get("environments")
    if environments is None:
        return
    if not isinstance(environments, Mapping) or not environments:
        yield error("spec/wrong-type", "`environments` is not a mapping of environments by name", at=("environments",))
        return
    for name, said in environments.items():
        if said is not None and not isinstance(said, Mapping):
            yield error("spec/wrong-type", f"environment `{name}` is not a mapping", at=("environments", name))


def resolve(document: Document, organisation: Document | None, lock: Document | None, *,
            kind_of: KindOf, names_of: NamesOf) -> Resolved:
    """Return the project in each of its environments, each checked against the language."""
    faults = [fault._replace(span=document.locate(fault.path)) for fault in check_shape(document)]
    if has_errors(faults):
        return Resolved((), tuple(faults))
    unknown = (*unknown_keys(document), *removals_of_nothing(document))
    pinned, lock_faults = _pinned(lock, environments_of(document))
    faults += [*unknown, *lock_faults]
    layers = {name: layers_of(document, organisation, name) for name in sorted(environments_of(document))}
    specs = {name: _filled(merge(own)) for name, own in layers.items()}
    settings = {name: spec.get("environment", {}) for name, spec in specs.items()}
    projects = []
    for environment, spec in specs.items():
        project = ResolvedProject(cast("ProjectSpec", spec), environment, settings, layers[environment], document,
                                  pinned.get(environment))
        found = [*without_echoes(decode(project.spec, kind_of=kind_of, names_of=names_of), unknown)]
        faults += [placed(project, diagnostic) for diagnostic in found]
        if not has_errors(found):
            projects.append(project)
    return Resolved(tuple(projects), tuple(faults))


def decode_organisation(organisation: Document) -> Iterator[Diagnostic]:
    """Yield what is wrong with the organisation's defaults, beside what each project will say of them."""
    yield from decode_document("organisation", organisation)
    yield from unknown_keys_of_organisation(organisation)


def _filled(spec: dict[str, Any]) -> dict[str, Any]:
    """Fill what null removed, and what each data source leaves out: layers do not merge the items of a list."""
    restore(spec, {"metadata": {"tier": BUILT_IN["metadata"]["tier"]}})
    restore(spec, TIERS.get(tier_of(spec), {}))
    restore(spec, BUILT_IN)
    sources = spec["data"].get("sources") if isinstance(spec.get("data"), dict) else None
    if isinstance(sources, list):
        spec["data"]["sources"] = [_source(source) if isinstance(source, Mapping) else source for source in sources]
    return spec


def _source(said: Mapping[str, Any]) -> dict[str, Any]:
    source = merge([Layer("built-in", SOURCE), Layer("spec", said)])
    restore(source, SOURCE)
    return source


def _pinned(lock: Document | None, known: Mapping[str, Any]) -> tuple[Mapping[str, PinnedModel], list[Diagnostic]]:
    if lock is None:
        return {}, []
    faults = [*decode_document("lock", lock)] or [*unknown_environments(lock, known)]
    return ({} if faults else lock.data["environments"]), faults
