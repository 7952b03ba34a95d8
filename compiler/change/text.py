"""A plan for a terminal: what it means, who approves, what becomes of objects, and each field with its cause."""

from collections.abc import Iterator, Mapping
from typing import Any

from compiler.change.document import is_empty
from compiler.change.summary import lines_of

_MARKS = {"add": "+", "change": "~", "delete": "-"}


def render_text(document: Mapping[str, Any]) -> str:
    """Return a plan as text."""
    return "".join(f"{line}\n" for line in _lines(document))


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    yield f"plan: {document['base'][:12]} -> {(document['head'] or 'working tree')[:12]}"
    if is_empty(document):
        yield "no effect: not one rendered byte differs"
        return
    yield f"risk: {document['grade']}"
    yield f"approve: {', '.join(f'{count} of {name}' for name, count in document['reviewers'].items()) or 'nobody'}"
    yield ""
    for line in lines_of(document):
        where = f"{line.project} [{', '.join(line.environments)}]" if line.project else "repository"
        yield f"{line.grade:<9}{where}: {line.message} [{line.code}]"
        if line.place:
            yield f"{'':<9}at {line.place}"
    yield from _objects(document)
    yield from _remarks(document)
    yield f"plan hash: {document['hash']}"


def _objects(document: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    for project in (*document["projects"], {**document["repository"], "environment": "repository", "project": ""}):
        for one in project["objects"]:
            folder = f"{project['environment']}/{project['project']}".rstrip("/")
            yield f"{_MARKS[one['action']]} {one['kind']} {one['name']}  ({folder}/{one['file']})"
            for field in one["fields"]:
                why = field["why"] or "the spec"
                yield f"    {field['path']}: {field['old']} -> {field['new']}  (because of {why})"
    counts = document["counts"]
    yield (
        f"objects: {counts['add']} to add, {counts['change']} to change, {counts['delete']} to delete, "
        f"{counts['unchanged']} unchanged; specs not touched: {document['untouched']}"
    )


def _remarks(document: Mapping[str, Any]) -> Iterator[str]:
    cost = document["cost"]
    if cost:
        yield f"cost: {cost['before']:.0f} -> {cost['after']:.0f} {cost['currency']} a month"
        yield from (
            f"    {row['project']} [{row['environment']}] {row['what']}: {row['before']:.0f} -> {row['after']:.0f}"
            for row in cost["rows"]
        )
        yield from (f"    assumes {assumption}" for assumption in cost["assumptions"])
    for one in document["replay"]:
        yield f"replay: {one['message']}"
    acknowledgement = document["acknowledgement"]
    if acknowledgement["hash"]:
        state = "given" if acknowledgement["is_given"] else "needed"
        yield f"acknowledgement {state}: {acknowledgement['hash']}"
