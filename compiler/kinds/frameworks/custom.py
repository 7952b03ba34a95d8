"""The team's own training code, in its own image.

Parameters are handed over as they are; the export still proves that the ONNX model answers as the trained one.
"""

from collections.abc import Iterator

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.kinds.framework_checks import ALGORITHM, ENTRY_POINT, check_tuning
from compiler.kinds.interface import FrameworkKind, Parameters
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject


def check(project: ResolvedProject, training: Parameters, at: FieldPath) -> Iterator[Diagnostic]:
    """Yield a missing entry point, and an algorithm that nobody would read."""
    yield from check_tuning(project, training, at)
    if "entry_point" not in training:
        yield error(ENTRY_POINT, "`entry_point` is missing", at=at,
                    help="name the function that trains, such as entry_point: acme.train:fit")
    if "algorithm" in training:
        yield error(ALGORITHM, "a custom framework has no algorithms of ours", at=(*at, "algorithm"),
                    help="say it in `parameters`")


KIND = FrameworkKind("custom", {}, check)
