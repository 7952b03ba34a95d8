"""A finding about a manifest: it names the object, the place inside it, and the spec that caused it."""

from collections.abc import Mapping
from typing import Final

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.source.path import FieldPath, dotted

# A manifest is written by a target: unlike a spec, it is nothing that its reader can repair.
OURS: Final = "a target wrote this object: report it, unless the target or the kind is a plug-in of yours"


def broken(code: str, manifest: Manifest, place: FieldPath, message: str, *, help: str = OURS) -> Diagnostic:
    """Return an error at whatever in the spec caused place, a path inside the manifest."""
    where = f" at `{dotted(place)}`" if place else ""
    return error(code, f"{described(manifest)}{where}: {message}", at=manifest.cause(place), help=help)


def described(manifest: Manifest) -> str:
    """Return kind and name as `Kind/name`, in backquotes."""
    # Not by `identity`: an object that is described may lack what an identity is made of.
    metadata = manifest.body.get("metadata")
    kind, name = manifest.body.get("kind"), metadata.get("name") if isinstance(metadata, Mapping) else None
    return f"`{kind or 'object'}/{name or '?'}`"
