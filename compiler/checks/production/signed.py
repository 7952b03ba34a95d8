"""In production only signed models are served.

Whoever can write to the model store can otherwise replace the model, and nothing would show it.

    model: {signing: optional}    # wrong in production
    model: {signing: required}    # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "production/signed"


def signed(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield a production that serves unsigned models."""
    signing = project.spec["model"]["signing"]
    if project.is_production and signing != "required":
        yield error(CODE, f"signing is {signing}, production serves signed models only", at=("model", "signing"),
                    help="set model.signing: required")


CHECK = Check(CODE, signed)
