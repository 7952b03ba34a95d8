"""Runs: how often a failed step is tried again, and what is kept of an interrupted one."""

from collections.abc import Iterator

from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change


def runs(change: Change) -> Iterator[Meaning]:
    """Yield what becomes of retries and checkpoints."""
    for leaf in change.below(("training", "retry"), ("training", "checkpoint")):
        yield change.says(
            f"runs/{'retries' if leaf.path[1] == 'retry' else 'checkpoints'}", "low", leaf.words, at=leaf.path
        )


FAMILY = Between("runs", runs)
