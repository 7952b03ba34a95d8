"""A search has room to search: ranges are ranges, and no more runs at once than there are trials.

    space: {learning_rate: {minimum: 0.3, maximum: 0.1}}    # wrong
    space: {learning_rate: {minimum: 0.1, maximum: 0.3}}    # right
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject

if TYPE_CHECKING:
    from compiler.spec.training import Range

CODE = "quantities/tuning"
TUNING = ("training", "tuning")
MOST_TRIALS = 1000


def tuning(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield empty ranges, idle parallelism, and more trials than fit."""
    search = project.spec["training"].get("tuning")
    if search is None:
        return
    if search["trials"] > MOST_TRIALS:
        yield error(CODE, f"{search['trials']} trials are more than one workflow can hold", at=(*TUNING, "trials"),
                    help=f"search in several runs of at most {MOST_TRIALS} trials")
    if search.get("parallel", 1) > search["trials"]:
        yield error(CODE, f"{search['parallel']} at once of {search['trials']} trials", at=(*TUNING, "parallel"))
    for name, choice in sorted(search["space"].items()):
        yield from _range(name, choice, (*TUNING, "space", name))


def _range(name: str, choice: Range, at: FieldPath) -> Iterator[Diagnostic]:
    if "choices" in choice:
        if "minimum" in choice or "maximum" in choice or not choice["choices"]:
            yield error(CODE, f"`{name}` needs either choices or a minimum and a maximum", at=at)
        return
    if "minimum" not in choice or "maximum" not in choice:
        yield error(CODE, f"`{name}` needs a minimum and a maximum, or choices", at=at)
    elif choice["minimum"] >= choice["maximum"]:
        yield error(CODE, f"`{name}` goes from {choice['minimum']} to {choice['maximum']}", at=(*at, "minimum"))
    elif choice.get("log") and choice["minimum"] <= 0:
        yield error(CODE, f"`{name}` is logarithmic and starts at {choice['minimum']}", at=(*at, "minimum"),
                    help="a logarithmic scale starts above 0")


CHECK = Check(CODE, tuning)
