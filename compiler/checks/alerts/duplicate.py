"""A monitor alerts once at each severity.

Two rules alike send two messages for one event; the second is noise, and noise is ignored.
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "alerts/duplicate"


def duplicate(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield rules that an earlier one repeats."""
    seen: set[tuple[str, str]] = set()
    for index, rule in enumerate(project.spec["alerts"]["rules"]):
        key = (rule["on"], rule["severity"])
        if key in seen:
            yield error(CODE, f"a second {rule['severity']} alert on `{rule['on']}`", at=("alerts", "rules", index),
                        help="keep one of the two")
        seen.add(key)


CHECK = Check(CODE, duplicate)
