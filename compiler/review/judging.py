"""Let the policies of the base judge what a proposal does, and find the acknowledgements that it brings."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from compiler.change.acknowledging import FILE, TRAILER, Objection, acknowledged_in, hashes_among
from compiler.change.document import Told
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.git.objects import Git
from compiler.passes.placing import placed
from compiler.passes.police import Waive
from compiler.policy.findings import diagnose_spec
from compiler.policy.inputs import change_input
from compiler.policy.interface import Input, Judge
from compiler.records import NamedTuple
from compiler.review.revisions import Revisions
from compiler.source.document import Document
from compiler.source.files import read_file
from compiler.source.read import read
from compiler.waivers import reading as waiver_files
from compiler.waivers.waiving import Waivers


class Acknowledged(NamedTuple):
    """The hashes that a proposal brings, and what is wrong with its file of them."""

    hashes: frozenset[str]
    faults: tuple[Diagnostic, ...]


class Objections(NamedTuple):
    """What the policies on the change find, and what is wrong with the policies."""

    found: tuple[Objection, ...]
    faults: tuple[Diagnostic, ...]


def objections_to(told: Sequence[Told], judge: Judge, waive: Waive) -> Objections:
    """Let the policies judge what each project's change does."""
    if not told:
        return Objections((), ())
    judgement = judge.judge("change", [_input(one) for one in told])
    found = [Objection(*one.pair.key, waive(one.pair.key[0], finding))
             for one, findings in zip(told, judgement.findings, strict=True)
             for finding in _placed(one, diagnose_spec(findings))]
    return Objections(tuple(found), judgement.faults)


def waivers_at(git: Git, at: Revisions, day: str) -> tuple[Waivers, tuple[Diagnostic, ...]]:
    """Return the waivers of the base, and what is wrong with them; a bad file waives nothing.

    The day is the later one of base and proposal: an author can set the date of a commit back, not that of the base.
    """
    entry = git.entries(at.base, waiver_files.FILE).get(waiver_files.FILE)
    if entry is None or not entry.is_file:
        return Waivers((), day), ()
    document, problems = read(git.read([entry.id])[0], waiver_files.FILE)
    waivers, faults = waiver_files.read_waivers(document) if document else ((), problems)
    return Waivers(waivers, day or max(git.date(at.base), git.date(at.head or "HEAD"))), faults


def acknowledged(git: Git, at: Revisions) -> Acknowledged:
    """Return the acknowledgements of a proposal: those of its file and of the trailers of its commits."""
    trailers = hashes_among(git.trailers(at.before, at.head or "HEAD", TRAILER))
    content, faults = _file(git, at.head)
    if content is None:
        return Acknowledged(trailers, faults)
    document, problems = read(content, FILE)
    hashes, faults = acknowledged_in(document) if isinstance(document, Document) else (frozenset(), problems)
    return Acknowledged(trailers | hashes, faults)


def _file(git: Git, head: str | None) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    if head is None:
        there = os.path.lexists(os.path.join(git.root, FILE))
        return read_file(FILE, below=git.root) if there else (None, ())
    entry = git.entries(head, FILE).get(FILE)
    return (git.read([entry.id])[0] if entry and entry.is_file else None), ()


def _input(told: Told) -> Input:
    pair = told.pair
    before, after = (side.project if side else None for side in (pair.before, pair.after))
    return change_input(before, after, mode=pair.mode, tier=pair.tier, change=_change(told))


def _change(told: Told) -> Mapping[str, Any]:
    meanings = [{"code": one.code, "grade": one.grade, "message": one.message, "path": list(one.path)}
                for one in told.meanings]
    objects = [{"action": one.action, "kind": one.kind, "namespace": one.namespace, "name": one.name}
               for one in told.objects if one.action != "unchanged"]
    return {"meanings": meanings, "objects": objects}


def _placed(told: Told, found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    return (placed(told.pair.side.project, one) for one in found)
