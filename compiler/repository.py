"""A GitOps repository: where its specs, defaults, locks and policies are."""

import os
from collections.abc import Sequence
from typing import NamedTuple

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.source.document import Document, Span
from compiler.source.files import read_file
from compiler.source.read import read

SPEC = "mlproject.yaml"
LOCK = "mlproject.lock"
DEFAULTS = "specs/defaults.yaml"
GENERATED = "generated"


class SpecFiles(NamedTuple):
    """The documents of one project; the lock is None when there is none."""

    spec: Document
    lock: Document | None


class Loaded(NamedTuple):
    """What `load` read: projects in sorted order, the organisation's defaults, and what is wrong."""

    projects: tuple[SpecFiles, ...]
    organisation: Document | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return every document that was read."""
        own = [document for files in self.projects for document in files if document is not None]
        return (*own, self.organisation) if self.organisation is not None else tuple(own)


def find_specs(paths: Sequence[str]) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return the spec files that paths name: files as they are, folders searched for `mlproject.yaml`."""
    found: set[str] = set()
    faults = []
    for path in paths:
        specs = _below(path) if os.path.isdir(path) else [path]
        if not specs:
            faults.append(error("source/no-spec", f"there is no `{SPEC}` below this folder", at=(),
                                help="create one with `mlproject init`")._replace(span=Span(path, 1, 1, 1, 1)))
        found.update(os.path.normpath(spec) for spec in specs)
    return tuple(sorted(found)), tuple(faults)


def load(specs: Sequence[str], root: str) -> Loaded:
    """Read the specs, their locks, and the organisation's defaults of the repository at root."""
    faults: list[Diagnostic] = []
    projects = []
    for path in specs:
        spec = _read(path, faults)
        lock = _read_optional(os.path.join(os.path.dirname(path), LOCK), faults)
        if spec is not None:
            projects.append(SpecFiles(spec, lock))
    organisation = _read_optional(_relative(os.path.join(root, DEFAULTS)), faults)
    return Loaded(tuple(projects), organisation, tuple(faults))


def _below(folder: str) -> list[str]:
    specs = []
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != GENERATED)
        if SPEC in files:
            specs.append(os.path.join(place, SPEC))
    return specs


def _read_optional(path: str, faults: list[Diagnostic]) -> Document | None:
    return _read(path, faults) if os.path.lexists(path) else None


def _read(path: str, faults: list[Diagnostic]) -> Document | None:
    content, refusals = read_file(path)
    faults.extend(refusals)
    if content is None:
        return None
    document, problems = read(content, path)
    faults.extend(problems)
    return document


def _relative(path: str) -> str:
    """Return path as a person in the current folder would write it."""
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative
