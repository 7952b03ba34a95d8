"""Rows are left on both sides of the split.

    split: {test: 1}      # wrong: nothing to train on
    split: {test: 0.2}    # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "quantities/split-share"


def split_share(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield a split that leaves one side empty."""
    share = project.spec["data"]["split"]["test"]
    if not 0 < share < 1:
        yield error(CODE, f"a test share of {share} leaves one side empty", at=("data", "split", "test"),
                    help="choose a share between 0 and 1, such as 0.2")


CHECK = Check(CODE, split_share)
