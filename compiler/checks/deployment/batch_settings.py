"""A batch deployment says when it runs and where it writes.

    deployment: {kind: batch}                                                             # wrong
    deployment: {kind: batch, batch: {schedule: "0 1 * * *", output: "s3://lake/out/"}}    # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error, warning
from compiler.spec.resolved import ResolvedProject

CODE = "deployment/batch-settings"
BATCH = ("deployment", "batch")


def batch_settings(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield what a batch deployment lacks, and batch settings that an online one ignores."""
    deployment = project.spec["deployment"]
    batch = deployment.get("batch", {})
    if deployment["kind"] == "batch" and deployment["enabled"]:
        for key in ("schedule", "output"):
            if key not in batch:
                yield error(CODE, f"a batch deployment has no `{key}`", at=(*BATCH, key))
    elif batch:
        yield warning(CODE, "an online deployment has batch settings, which nothing reads", at=BATCH,
                      help="set deployment.kind: batch, or remove them")


CHECK = Check(CODE, batch_settings)
