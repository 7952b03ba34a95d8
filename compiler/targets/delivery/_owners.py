"""CODEOWNERS: who must agree to a change of a spec, and of what it becomes."""

import re
from collections.abc import Sequence

from compiler.artifact.artifact import TextFile
from compiler.ir.plan import ReleasePlan

PLATFORM_TEAM = "platform"
"""The team that owns what is nobody's project: policies, defaults, this file."""

_ORGANISATION = re.compile(r"(?:https://|ssh://(?:git@)?|git@)[A-Za-z0-9.-]+(?::[0-9]+)?[:/]([A-Za-z0-9][A-Za-z0-9._-]*)/",
                           re.ASCII)
_NAME = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?", re.ASCII)
_HEADER = "# Written by `mlproject compile` from the team of each spec. The last line that matches a file decides.\n"


def owners(plans: Sequence[ReleasePlan]) -> TextFile:
    """Return CODEOWNERS of the projects of plans, one of them at least.

    A team is `@ORGANISATION/TEAM` where the address of the repository says which
    organisation: `@TEAM` alone would be a person who happens to be called like it.
    """
    platform = _owner(plans[0], PLATFORM_TEAM)
    lines = [("*", platform), ("/policies/", platform), ("/specs/defaults.yaml", platform)]
    for project in sorted({plan.identity.name for plan in plans}):
        teams = " ".join(sorted({_owner(plan, plan.identity.team) for plan in plans if plan.identity.name == project}))
        lines += [(f"/specs/{_safe(project)}/", teams), (f"/generated/*/{_safe(project)}/", teams)]
    return TextFile("CODEOWNERS", _HEADER + "".join(f"{pattern} {who}\n" for pattern, who in lines),
                    plans[0].identity.origin)


def _owner(plan: ReleasePlan, team: str) -> str:
    match = _ORGANISATION.match(plan.delivery.repository)
    return f"@{match[1]}/{_safe(team)}" if match else f"@{_safe(team)}"


def _safe(name: str) -> str:
    """Return name; a pattern or a second owner in its place is a bug of ours, for specs allow labels alone."""
    if not _NAME.fullmatch(name):
        raise ValueError("the name of a project or a team is no DNS label")
    return name
