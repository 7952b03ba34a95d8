"""Every name that is derived from the project fits its own limit.

Argo refuses a CronWorkflow of more than 52 characters and Kubernetes a label of more than 63,
but only when the object is applied. Derived names are therefore measured here.

    metadata: {name: a-very-long-name-that-says-everything-about-it}    # too long for a schedule
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "names/derived-length"
CRON_WORKFLOW, LABEL = 52, 63
LONGEST_SUFFIX = "-training"


def derived_length(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield derived names that are too long."""
    prefix = "dev-" if project.mode == "development" else ""
    workflow = f"{prefix}{project.name}{LONGEST_SUFFIX}"
    yield from _over(workflow, CRON_WORKFLOW, "scheduled workflow")
    yield from _over(project.namespace, LABEL, "namespace")


def _over(name: str, limit: int, what: str) -> Iterator[Diagnostic]:
    if len(name) > limit:
        yield error(CODE, f"the {what} would be called `{name}`, {len(name)} characters, at most {limit} are allowed",
                    at=("metadata", "name"), help=f"shorten the name by {len(name) - limit}")


CHECK = Check(CODE, derived_length)
