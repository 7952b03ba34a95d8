"""An environment called production is in production mode.

Without the mode none of production's rules holds, and its name makes everyone believe that they do.

    environments: {production: {}}                      # wrong
    environments: {production: {mode: production}}      # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, warning
from compiler.spec.resolved import ResolvedProject

CODE = "production/mode"
NAMES = frozenset({"production", "prod", "live"})


def mode(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield an environment whose name promises more than its mode."""
    if project.environment in NAMES and not project.is_production:
        yield warning(CODE, f"environment `{project.environment}` is in {project.mode} mode",
                      at=("environment", "mode"), help="set mode: production"
                      )._replace(span=project.document.locate_key(("environments", project.environment)))


CHECK = Check(CODE, mode)
