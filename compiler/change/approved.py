"""A plan that was kept and approved: read with mistrust, and compared with the plan of what lands."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from compiler.change.document import FORMAT, hash_of

MAX_BYTES = 16 * 1024 * 1024


class ApprovedError(Exception):
    """Why a file is no plan that could have been approved."""


def read_approved(path: str) -> dict[str, Any]:
    """Return the plan in a file; one whose hash is not that of what it says was changed by a hand."""
    with open(path, "rb") as file:
        content = file.read(MAX_BYTES + 1)
    try:
        plan: dict[str, Any] = dict(json.loads(content if len(content) <= MAX_BYTES else b"{}"))
        is_ours = plan["format"] == FORMAT and isinstance(plan["hash"], str)
        is_whole = is_ours and hash_of(plan) == plan["hash"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ApprovedError("this is no plan of this version") from None
    if not is_ours:
        raise ApprovedError("this is no plan of this version")
    if not is_whole:
        raise ApprovedError("this plan was changed after it was made")
    return plan


def differences(approved: Mapping[str, Any], made: Mapping[str, Any]) -> Iterator[str]:
    """Yield what differs between two plans: a line for each effect that one of them lacks."""
    before, after = _effects(approved), _effects(made)
    yield from (f"approved, and not there: {line}" for line in sorted(before - after))
    yield from (f"there, and not approved: {line}" for line in sorted(after - before))


def _effects(plan: Mapping[str, Any]) -> set[str]:
    told = {
        f"{project['environment']}/{project['project']}: {meaning['message']}"
        for project in plan["projects"]
        for meaning in project["meanings"]
    }
    rendered = {
        f"{project['environment']}/{project['project']}: renders {project['index']['after'] or 'nothing'}"
        for project in plan["projects"]
    }
    return told | rendered | {f"repository: {meaning['message']}" for meaning in plan["repository"]["meanings"]}
