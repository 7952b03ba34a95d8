"""A GitOps repository: where its specs, defaults, locks and policies are."""

import os
from collections.abc import Mapping, Sequence

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.records import NamedTuple
from compiler.source.document import Document, Span
from compiler.source.files import read_file
from compiler.source.read import read, readable_text

SPEC = "mlproject.yaml"
LOCK = "mlproject.lock"
DEFAULTS = "specs/defaults.yaml"
GENERATED = "generated"


class SpecFiles(NamedTuple):
    """The documents of one project; the lock is None when there is none."""

    spec: Document
    lock: Document | None


class Loaded(NamedTuple):
    """What `load` read: projects in sorted order, the organisation's defaults, and what is wrong.

    `sources` holds what may be shown of every file, also of those that were refused.
    """

    projects: tuple[SpecFiles, ...]
    organisation: Document | None
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]


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
    reader = _Reader(os.path.abspath(root))
    projects = []
    for path in specs:
        spec = reader.read(path)
        lock = reader.read_optional(os.path.join(os.path.dirname(path), LOCK))
        if spec is not None:
            projects.append(SpecFiles(spec, lock))
    organisation = reader.read_optional(_relative(os.path.join(root, DEFAULTS)))
    return Loaded(tuple(projects), organisation, tuple(reader.faults), reader.sources)


class _Reader:
    """Reads documents, and keeps what was wrong and what may be shown of each."""

    def __init__(self, root: str) -> None:
        self._root = root
        self.faults: list[Diagnostic] = []
        self.sources: dict[str, str] = {}

    def read_optional(self, path: str) -> Document | None:
        return self.read(path) if os.path.lexists(path) else None

    def read(self, path: str) -> Document | None:
        content, refusals = self._bytes(path)
        self.faults += refusals
        if content is None:
            return None
        self.sources[path] = readable_text(content)
        document, problems = read(content, path)
        self.faults += problems
        return document

    def _bytes(self, path: str) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
        """Read a file without following any link inside the repository."""
        below = os.path.relpath(os.path.abspath(path), self._root)
        if below.startswith(".."):
            return read_file(path)
        content, refusals = read_file(below, below=self._root)
        return content, tuple(refusal._replace(span=Span(path, 1, 1, 1, 1)) for refusal in refusals)


def _below(folder: str) -> list[str]:
    specs = []
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != GENERATED)
        if SPEC in files:
            specs.append(os.path.join(place, SPEC))
    return specs


def _relative(path: str) -> str:
    """Return path as a person in the current folder would write it."""
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative
