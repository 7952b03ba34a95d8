"""One comment of ours on a request, found again by its mark and its author, and edited in place."""

import json
import os
from collections.abc import Mapping
from typing import Any, Literal

import jsonschema

from compiler import change
from compiler.change.approved import ApprovedError, read_approved
from compiler.change.markdown import LIMIT, MARKER, render_markdown
from compiler.hosts.gitlab import GitLab
from compiler.hosts.interface import Host

LIMIT_OF_GITLAB = 900_000
"""Bytes of a note: GitLab takes a million characters."""
Done = Literal["written", "edited", "unchanged"]


def read_plan(path: str) -> dict[str, Any]:
    """Return the plan in a file, which another job may have written: its shape is checked as well as its hash."""
    plan = read_approved(path)
    place = os.path.join(os.path.dirname(change.__file__), "plan.schema.json")
    with open(place, encoding="utf-8") as file:
        schema = json.load(file)
    if not jsonschema.Draft202012Validator(schema).is_valid(plan):
        raise ApprovedError("this plan has not the shape of one")
    return plan


def text_for(plan: Mapping[str, Any], host: Host) -> str:
    """Return the comment of a plan, as long as its host takes."""
    return render_markdown(plan, LIMIT_OF_GITLAB if isinstance(host, GitLab) else LIMIT)


def put_comment(host: Host, number: int, text: str) -> Done:
    """Write our comment on a request, or bring it up to date; what others wrote is never touched."""
    author = host.login()
    ours = [one for one in host.comments(number) if one.author == author and one.text.startswith(MARKER)]
    if not ours:
        host.add_comment(number, text)
        return "written"
    if ours[0].text.strip() == text.strip():
        return "unchanged"
    host.edit_comment(number, ours[0].id, text)
    return "edited"
