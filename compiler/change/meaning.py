"""A meaning: one effect of a change, in the words of whoever answers for it."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from compiler.change.grades import Grade
from compiler.records import NamedTuple
from compiler.source.path import FieldPath

if TYPE_CHECKING:
    from compiler.change.sides import Change, Pair


class Meaning(NamedTuple):
    """One effect. `code` is `FAMILY/WHAT`; `path` a place of the spec, of the old one where the new has none.

    `explains` are the places of the spec whose difference it accounts for: what no meaning accounts for
    is reported as such.
    """

    code: str
    grade: Grade
    message: str
    path: FieldPath
    explains: tuple[FieldPath, ...] = ()

    @property
    def family(self) -> str:
        """Return the family, which is also its file below `meanings/`."""
        return self.code.partition("/")[0]


class Between(NamedTuple):
    """A family of meanings of a project that both revisions have."""

    name: str
    find: "Callable[[Change], Iterator[Meaning]]"


class Edge(NamedTuple):
    """A family of meanings of either side alone, and of what was rendered."""

    name: str
    find: "Callable[[Pair], Iterator[Meaning]]"


Family = Between | Edge
