"""A plan as a document: plain data that programs read, that a comment is made of, and whose hash is approved.

```
{"format": 1, "compiler": "...", "base": "...", "head": "..." or null for the working tree,
 "hash": "sha256:...", "grade": "high", "reviewers": {"risk": 2}, "untouched": 3,
 "counts": {"add": 0, "change": 3, "delete": 0, "unchanged": 9},
 "projects": [{"project", "environment", "team", "tier", "mode", "grade", "reviewers",
               "index": {"before", "after"}, "meanings": [...], "objects": [...]}],
 "repository": {"meanings": [...], "objects": [...]}, "findings": [...],
 "acknowledgement": {"hash": "sha256:..." or "", "is_given": false},
 "cost": {...} or null, "replay": [...]}
```
The hash is of what the change does: revisions, places and remarks are left out, so that a plan that was approved in a
pull request is the plan of what was merged, if nothing else came between. Every text is short, on one line, with
secrets masked.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from compiler.change.explaining import INDEX
from compiler.change.grades import gravest
from compiler.change.leaves import shown
from compiler.change.meaning import Meaning
from compiler.change.objects import ACTIONS, ObjectChange
from compiler.change.reviewers import Reviewers, together
from compiler.change.sides import Pair
from compiler.diagnostics.visible import visible
from compiler.records import NamedTuple
from compiler.source.digests import sha256_hex
from compiler.source.path import FieldPath, dotted

FORMAT = 1
Locate = Callable[[FieldPath], str]


class Told(NamedTuple):
    """One project in one environment, and everything that is told of it."""

    pair: Pair
    meanings: tuple[Meaning, ...]
    objects: tuple[ObjectChange, ...]
    reviewers: Reviewers


class Shared(NamedTuple):
    """What becomes of what all projects share."""

    meanings: tuple[Meaning, ...] = ()
    objects: tuple[ObjectChange, ...] = ()
    reviewers: Reviewers = Reviewers({})


def document_of(
    told: Sequence[Told], shared: Shared, *, base: str, head: str | None, compiler: str, untouched: int
) -> dict[str, Any]:
    """Return the document of a plan, its hash included."""
    objects = [one for project in told for one in project.objects] + [*shared.objects]
    counts = Counter(one.action for one in objects)
    meanings = [meaning for project in told for meaning in project.meanings] + [*shared.meanings]
    document = {
        "format": FORMAT,
        "compiler": compiler,
        "base": base,
        "head": head,
        "hash": "",
        "grade": gravest(meaning.grade for meaning in meanings),
        "reviewers": dict(together([*(one.reviewers for one in told), shared.reviewers]).approvals),
        "untouched": untouched,
        "counts": {action: counts[action] for action in ACTIONS},
        "projects": [_project(one) for one in told],
        "repository": {
            "meanings": [_meaning(one, lambda _: "") for one in shared.meanings],
            "objects": _objects(shared.objects),
        },
        "findings": [],
        "acknowledgement": {"hash": "", "is_given": False},
        "cost": None,
        "replay": [],
    }
    return {**document, "hash": hash_of(document)}


def hash_of(document: Mapping[str, Any]) -> str:
    """Return the hash of what a plan does: its projects, objects and reviewers, wherever and whenever it was made."""
    projects = [{**project, "meanings": _placeless(project["meanings"])} for project in document["projects"]]
    repository = {**document["repository"], "meanings": _placeless(document["repository"]["meanings"])}
    effect = {"projects": projects, "repository": repository, "reviewers": document["reviewers"]}
    return f"sha256:{sha256_hex(json.dumps(effect, sort_keys=True, separators=(',', ':')).encode())}"


def is_empty(document: Mapping[str, Any]) -> bool:
    """Tell whether a plan does nothing at all: not one byte differs."""
    return not document["projects"] and not document["repository"]["meanings"]


def _placeless(meanings: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in meaning.items() if key != "place"} for meaning in meanings]


def _project(told: Told) -> dict[str, Any]:
    pair = told.pair
    project, environment = pair.key
    metadata = pair.side.spec["metadata"]
    return {
        "project": project,
        "environment": environment,
        "team": metadata["team"],
        "tier": pair.tier,
        "mode": pair.mode,
        "grade": gravest(meaning.grade for meaning in told.meanings),
        "reviewers": dict(told.reviewers.approvals),
        "index": {"before": _index(pair.before), "after": _index(pair.after)},
        "meanings": [_meaning(one, lambda path: _place(pair, path)) for one in told.meanings],
        "objects": _objects(told.objects),
    }


def _index(side: Any) -> str:
    return f"sha256:{sha256_hex(side.files[INDEX])}" if side else ""


def _place(pair: Pair, path: FieldPath) -> str:
    span = pair.side.project.locate(path)
    return f"{span.file}:{span.line}:{span.column}"


def _meaning(meaning: Meaning, locate: Locate) -> dict[str, Any]:
    return {
        "code": meaning.code,
        "grade": meaning.grade,
        "message": meaning.message,
        "path": visible(dotted(meaning.path)),
        "place": visible(locate(meaning.path)),
    }


def _objects(objects: Sequence[ObjectChange]) -> list[dict[str, Any]]:
    return [
        {
            "action": one.action,
            "file": one.file,
            "kind": one.kind,
            "namespace": one.namespace,
            "name": one.name,
            "fields": [
                {
                    "path": visible(dotted(field.path)),
                    "old": shown(field.old, field.path),
                    "new": shown(field.new, field.path),
                    "why": visible(dotted(field.cause)),
                }
                for field in one.fields
            ],
        }
        for one in objects
        if one.action != "unchanged"
    ]
