"""No image is called latest, in any environment.

Nobody can say which version `latest` was last week.

    image: acme/train:latest    # wrong
    image: acme/train:1.4.2     # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "images/latest"


def latest(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield images whose tag is latest or missing."""
    for place in (("training", "image"), ("deployment", "image")):
        image = project.at(place)
        name = image.rsplit("/", 1)[-1]
        if "@" not in name and (":" not in name or name.endswith(":latest")):
            yield error(CODE, f"`{image}` names no version", at=place, help="add a tag or, better, a digest")


CHECK = Check(CODE, latest)
