"""The two sides of a change: one project in one environment, before and after."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from compiler.artifact.artifact import Artifact
from compiler.change.grades import MODES, TIERS, Grade, in_mode, stricter
from compiler.change.leaves import Leaf, leaves
from compiler.change.meaning import Meaning
from compiler.ir.plan import ReleasePlan
from compiler.records import NamedTuple
from compiler.source.path import FieldPath
from compiler.spec.layers import ABSENT, value_at
from compiler.spec.resolved import ResolvedProject


class Side(NamedTuple):
    """One project in one environment as one revision has it; `files` is its folder of `generated/`."""

    project: ResolvedProject
    plan: ReleasePlan
    artifacts: tuple[Artifact, ...]
    files: Mapping[str, bytes]

    @property
    def spec(self) -> Mapping[str, Any]:
        """Return the resolved spec."""
        return self.project.spec


class Pair(NamedTuple):
    """Both sides; None where a revision does not have the project in this environment.

    `was_known` and `is_known` tell whether a revision has the project in any environment.
    """

    before: Side | None
    after: Side | None
    was_known: bool = True
    is_known: bool = True

    @property
    def side(self) -> Side:
        """Return the side that is there, the later one if both are."""
        side = self.after or self.before
        assert side is not None
        return side

    @property
    def key(self) -> tuple[str, str]:
        """Return the project and the environment."""
        return self.side.project.name, self.side.project.environment

    @property
    def mode(self) -> str:
        """Return the stricter mode of the two sides."""
        return stricter(MODES, *(side.project.mode for side in self.sides))

    @property
    def tier(self) -> str:
        """Return the stricter tier of the two sides."""
        return stricter(TIERS, *(side.spec["metadata"]["tier"] for side in self.sides))

    @property
    def sides(self) -> Iterator[Side]:
        """Yield the sides that are there."""
        return (side for side in (self.before, self.after) if side is not None)


class Change:
    """A project that both revisions have, with what differs in its resolved spec."""

    def __init__(self, before: Side, after: Side) -> None:
        self.before = before
        self.after = after
        self.mode = Pair(before, after).mode

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Return every value of the resolved spec that differs."""
        return tuple(leaves(self.before.spec, self.after.spec))

    def below(self, *paths: FieldPath) -> tuple[Leaf, ...]:
        """Return the differing values at or below some paths."""
        return tuple(leaf for leaf in self.leaves if any(leaf.path[: len(path)] == path for path in paths))

    def values(self, *path: str | int) -> tuple[Any, Any]:
        """Return the values at a path on both sides, None where there is none."""
        old, new = value_at(self.before.spec, path), value_at(self.after.spec, path)
        return (None if old is ABSENT else old), (None if new is ABSENT else new)

    def grade(self, grade: Grade) -> Grade:
        """Return how grave here is what would have this grade in production."""
        return in_mode(grade, self.mode)

    def says(
        self, code: str, grade: Grade, message: str, *, at: FieldPath, explains: tuple[FieldPath, ...] = ()
    ) -> Meaning:
        """Return a meaning at its grade in production; it explains its own place if no other."""
        return Meaning(code, self.grade(grade), message, at, explains or (at,))
