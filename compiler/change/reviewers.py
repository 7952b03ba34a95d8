"""Who must approve: a table from tier and grade to roles, and roles that some families ask for."""

from collections.abc import Iterable, Mapping
from typing import Any

from compiler.change.grades import GRADES, Grade, gravest
from compiler.change.meaning import Meaning
from compiler.records import NamedTuple

OWNER = "owner"


class Reviewers(NamedTuple):
    """How many approvals of whom, by name."""

    approvals: Mapping[str, int]

    @property
    def words(self) -> str:
        """Return them in words: `2 of risk, 1 of platform`."""
        return ", ".join(f"{count} of {name}" for name, count in self.approvals.items()) or "nobody"


def reviewers_of(
    meanings: Iterable[Meaning], *, tier: str, teams: Iterable[str], table: Mapping[str, Any]
) -> Reviewers:
    """Return who must approve what a change means for a project; `teams` are its owners, old and new."""
    told = tuple(meanings)
    grade = gravest(meaning.grade for meaning in told)
    wanted: dict[str, int] = dict(table["by_tier"].get(tier, table["by_tier"]["critical"]).get(grade, {}))
    for meaning in told:
        role = table["by_family"].get(meaning.code) or table["by_family"].get(meaning.family)
        if role and GRADES.index(meaning.grade) >= GRADES.index(_threshold(table)):
            wanted[role] = max(wanted.get(role, 0), 1)
    return Reviewers(_named(wanted, tuple(teams)))


def together(all_of: Iterable[Reviewers]) -> Reviewers:
    """Return who must approve all of several changes."""
    most: dict[str, int] = {}
    for one in all_of:
        for name, count in one.approvals.items():
            most[name] = max(most.get(name, 0), count)
    return Reviewers(dict(sorted(most.items())))


def _threshold(table: Mapping[str, Any]) -> Grade:
    found: Grade = table["by_family_from"]
    return found


def _named(wanted: Mapping[str, int], teams: tuple[str, ...]) -> dict[str, int]:
    named: dict[str, int] = {}
    for role, count in sorted(wanted.items()):
        for name in teams if role == OWNER else (role,):
            named[name] = max(named.get(name, 0), count)
    return {name: count for name, count in sorted(named.items()) if count}
