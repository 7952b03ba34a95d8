"""A schedule is a cron line that can fire, in a time zone that exists.

    schedule: "0 25 * * *"        # wrong: there is no hour 25
    schedule: "0 3 * * *"         # right
    timezone: Europe/Berlinn      # wrong
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.cron import cron_problem, is_timezone
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "schedules/cron"
PLACES = (("training", "triggers"), ("deployment", "batch"))


def cron(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield schedules that never fire and zones that do not exist."""
    for place in PLACES:
        section = project.spec.get(place[0], {}).get(place[1], {})  # type: ignore[attr-defined]
        problem = cron_problem(section["schedule"]) if "schedule" in section else None
        if problem is not None:
            yield error(CODE, f"`{section['schedule']}` {problem}", at=(*place, "schedule"),
                        help="five fields: minute, hour, day of month, month, day of week")
        if "timezone" in section and not is_timezone(section["timezone"]):
            yield error(CODE, f"`{section['timezone']}` is no time zone", at=(*place, "timezone"),
                        help="use a name of the IANA database, such as Europe/Berlin")


CHECK = Check(CODE, cron)
