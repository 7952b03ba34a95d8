"""Make a plan: read what differs, render both sides, say what it means, have it judged by the base."""

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from compiler import __version__
from compiler.change.acknowledging import answered, list_hash
from compiler.change.cost import cost_of
from compiler.change.document import Shared, Told, document_of
from compiler.change.explaining import meanings_of
from compiler.change.objects import compare_objects
from compiler.change.reviewers import Reviewers, reviewers_of
from compiler.change.sides import Pair
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.diagnostics.present import presentable
from compiler.driver import Report, Request, is_blocked, weigh_loaded
from compiler.git.objects import Git, materialise
from compiler.passes.placing import merged
from compiler.policy.interface import Judge
from compiler.records import NamedTuple
from compiler.registry import Registry
from compiler.repository import Loaded
from compiler.review.judging import acknowledged, objections_to, waivers_at
from compiler.review.revisions import Revisions, read_both
from compiler.review.sides import compare_shared, edited_by_hand, pairs_of, render_before, shared_meanings
from compiler.waivers.waiving import Waivers

if TYPE_CHECKING:
    from compiler.review.past import Past

_CRDS = "crds"
_NO_TABLE: Mapping[str, Any] = {"by_tier": {"critical": {}}, "by_family": {}, "by_family_from": "critical"}


class Wanted(NamedTuple):
    """What of a proposal is looked at: paths below the root and environments (empty: all)."""

    below: tuple[str, ...] = ()
    environments: frozenset[str] = frozenset()
    is_strict: bool = False
    day: str = ""
    past: "Past | None" = None


class Planned(NamedTuple):
    """A plan, or why there is none: then `document` is None."""

    document: dict[str, Any] | None
    told: tuple[Told, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]


def make_plan(
    git: Git, at: Revisions, wanted: Wanted, *, registry: Registry, judge: Judge, tables: Mapping[str, Any], folder: str
) -> Planned:
    """Return the plan of a proposal; `folder` is one of our own for what has to be files."""
    both = read_both(git, at, wanted.below)
    waivers, faults = waivers_at(git, at, wanted.day)
    request = Request((), folder, is_strict=wanted.is_strict, waive=waivers.apply)
    report = _compile(git, both.after, base=at.base, request=request, registry=registry, judge=judge)
    if not report.rendered and is_blocked(report.diagnostics, request):
        return Planned(None, (), report.diagnostics, report.sources)
    before = render_before(both.before, registry)
    table = tables.get("reviewers", _NO_TABLE)
    told = tuple(_told(pair, table) for pair in pairs_of(before, both.before.sources, report, wanted.environments))
    objects = compare_shared(before.rendered, report.rendered)
    by_hand = edited_by_hand(at.changed, [one.pair.key for one in told], objects)
    meanings = (*shared_meanings(objects, at.changed, before.broken), *by_hand)
    shared = Shared(
        meanings,
        objects,
        reviewers_of(meanings, tier="critical", teams=("platform",), table=table) if meanings else Reviewers({}),
    )
    document = document_of(told, shared, base=at.base, head=at.head, compiler=__version__, untouched=both.untouched)
    verdict = _judged(git, at, told, judge, waivers=waivers)
    document["acknowledgement"] = {"hash": verdict.needed, "is_given": verdict.is_given}
    document["cost"] = _cost(told, tables)
    document["replay"] = _replayed(told, wanted.past, registry) if wanted.past else []
    found = merged((*faults, *waivers.expired(), *report.diagnostics, *verdict.found))
    document["findings"] = [_finding(one) for one in found if one.severity in ("error", "note")]
    return Planned(document, told, found, {**both.before.sources, **report.sources})


def _cost(told: Sequence[Told], tables: Mapping[str, Any]) -> dict[str, Any] | None:
    cost = cost_of((one.pair for one in told), tables.get("prices", {}))
    if cost is None or not cost.rows:
        return None
    return {**cost._asdict(), "rows": [row._asdict() for row in cost.rows], "assumptions": list(cost.assumptions)}


def _replayed(told: Sequence[Told], past: "Past", registry: Registry) -> list[dict[str, Any]]:
    from compiler.review.past import replayed

    return replayed([one.pair for one in told], past, registry)


class _Verdict(NamedTuple):
    found: tuple[Diagnostic, ...]
    needed: str
    is_given: bool


def _judged(git: Git, at: Revisions, told: Sequence[Told], judge: Judge, *, waivers: Waivers) -> _Verdict:
    objections, faults = objections_to(told, judge, waivers.apply)
    needed = list_hash(one for one in objections if one.finding.severity == "error")
    if not needed:
        return _Verdict((*faults, *(one.finding for one in objections)), "", False)
    given = acknowledged(git, at)
    found, is_given = answered(objections, given.hashes)
    return _Verdict((*faults, *given.faults, *found), needed, is_given)


def _finding(found: Diagnostic) -> dict[str, str]:
    clean = presentable([found])[0]
    return {"code": clean.code, "severity": clean.severity, "message": clean.message, "environment": clean.environment}


def _compile(git: Git, after: Loaded, *, base: str, request: Request, registry: Registry, judge: Judge) -> Report:
    """Compile the later side as `mlproject compile` would; with nothing to compile there is nothing to ask."""
    if not (after.projects or after.diagnostics):
        return Report((), {})
    # Imported schemas are part of the tool: a proposal is verified against those of its base.
    materialise(git, base, request.root, _CRDS)
    return weigh_loaded(after, request, registry, judge)


def _told(pair: Pair, table: Mapping[str, Any]) -> Told:
    objects = compare_objects(pair)
    meanings = meanings_of(pair, objects)
    teams = {side.spec["metadata"]["team"] for side in pair.sides}
    return Told(pair, meanings, objects, reviewers_of(meanings, tier=pair.tier, teams=teams, table=table))


def below_root(paths: Sequence[str], root: str) -> tuple[str, ...]:
    """Return paths that a person named relative to the root, without the file of the spec itself."""
    named = [os.path.relpath(os.path.abspath(path), root) for path in paths]
    return tuple(os.path.dirname(path) if path.endswith(".yaml") else path for path in named)
