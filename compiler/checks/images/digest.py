"""In production every image is pinned by its digest.

A tag can be moved: what was reviewed is then not what runs, and a rollback brings back something else.

    image: ghcr.io/acme/train:1.4                 # wrong in production
    image: ghcr.io/acme/train@sha256:9f86d0...    # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "images/digest"
PLACES = (("training", "image"), ("deployment", "image"))


def digest(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield production images that are not pinned."""
    if not project.is_production:
        return
    for place in PLACES:
        if "@sha256:" not in project.at(place):
            yield error(CODE, f"`{project.at(place)}` is not pinned by digest, and production runs nothing else",
                        at=place, help="write it as IMAGE@sha256:DIGEST, here or in specs/defaults.yaml")


CHECK = Check(CODE, digest)
