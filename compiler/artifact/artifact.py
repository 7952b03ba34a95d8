"""Artifacts: data on its way to a file."""

from collections.abc import Mapping
from typing import Any

from compiler.records import NamedTuple
from compiler.source.path import FieldPath

NO_ORIGINS: Mapping[FieldPath, FieldPath] = {}


class Manifest(NamedTuple):
    """One Kubernetes object.

    `concern` is the file it goes to (`pipeline`, `serving`, `access`, ...), without suffix.
    `body` is plain data in the order in which it is written. `origin` is the place of the
    spec that asked for the object; `origins` maps a place inside `body` (and all below it)
    to the place of the spec that caused it.
    """

    concern: str
    body: Mapping[str, Any]
    origin: FieldPath
    origins: Mapping[FieldPath, FieldPath] = NO_ORIGINS

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """Return apiVersion, kind, namespace and name."""
        metadata = self.body.get("metadata", {})
        return (self.body.get("apiVersion", ""), self.body.get("kind", ""),
                metadata.get("namespace", ""), metadata.get("name", ""))

    def cause(self, place: FieldPath) -> FieldPath:
        """Return the path of the spec that caused place, a path inside `body`."""
        for length in range(len(place), 0, -1):
            origin = self.origins.get(place[:length])
            if origin is not None:
                return origin
        return self.origin


class TextFile(NamedTuple):
    """One constant or rendered text, such as a runbook; `path` is relative to its folder."""

    path: str
    text: str
    origin: FieldPath


Artifact = Manifest | TextFile
