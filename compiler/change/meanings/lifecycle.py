"""Projects and environments that come and go."""

from collections.abc import Iterator

from compiler.change.grades import in_mode
from compiler.change.meaning import Edge, Meaning
from compiler.change.sides import Pair


def lifecycle(pair: Pair) -> Iterator[Meaning]:
    """Yield a project or an environment that only one revision has."""
    if pair.before is None:
        what = "environment" if pair.was_known else "project"
        yield Meaning(f"lifecycle/{what}-added", in_mode("medium", pair.mode), f"{what} added", ())
    elif pair.after is None:
        what = "environment" if pair.is_known else "project"
        yield Meaning(f"lifecycle/{what}-removed", in_mode("critical", pair.mode), f"{what} removed", ())


FAMILY = Edge("lifecycle", lifecycle)
