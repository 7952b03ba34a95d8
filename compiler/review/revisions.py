"""The documents of a proposal and of its base: only those whose inputs differ are ever read."""

import os
from collections.abc import Iterable, Mapping, Sequence

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.git.objects import Entry, Git
from compiler.records import NamedTuple
from compiler.repository import DEFAULTS, GENERATED, LOCK, SPEC, Loaded, SpecFiles, load
from compiler.root import SPECS
from compiler.source import codes
from compiler.source.document import Document, Span
from compiler.source.read import read, readable_text


class Ends(NamedTuple):
    """The commits that were named: the base, and the proposal, or what the working tree stands on."""

    base: str
    head: str
    is_working_tree: bool


class Revisions(NamedTuple):
    """What is compared: `before`, where the proposal parted from its base, and `head`, None for the working tree.

    `base` is where policies, waivers and tables come from. `changed` are the paths that differ.
    """

    base: str
    before: str
    head: str | None
    changed: tuple[str, ...]


class Documents(NamedTuple):
    """The documents of both sides, and how many specs neither side was read of."""

    before: Loaded
    after: Loaded
    untouched: int


def ends(git: Git, base: str, head: str | None) -> Ends:
    """Return the commits that two revisions name; without the second one it is the working tree."""
    judged_by, proposed = git.commits(base, head or "HEAD")
    return Ends(judged_by, proposed, head is None)


def revisions(git: Git, named: Ends) -> Revisions:
    """Return the commits of a proposal, and the paths that differ between them."""
    before = named.base if named.base == named.head else git.merge_base(named.base, named.head) or named.base
    head = None if named.is_working_tree else named.head
    return Revisions(named.base, before, head, git.changed(before, head))


def read_both(git: Git, at: Revisions, below: Sequence[str] = (), everything: bool = False) -> Documents:
    """Read both sides of every spec that differs, or that defaults which differ are laid under."""
    is_whole = everything or DEFAULTS in at.changed
    wanted = (
        [SPECS]
        if is_whole
        else [
            path for folder in sorted(_folders(at.changed, below)) for path in (f"{folder}/{SPEC}", f"{folder}/{LOCK}")
        ]
    )
    if not wanted:
        return Documents(_NOTHING, _NOTHING, _count(git, at, below))
    paths = (*wanted, DEFAULTS)
    before = _loaded(git, git.entries(at.before, *paths), below)
    if at.head is None:
        after = _working_tree(git, wanted if not is_whole else None, below)
    else:
        after = _loaded(git, git.entries(at.head, *paths), below)
    touched = {files.spec.file for files in after.projects}
    return Documents(before, after, _count(git, at, below) - len(touched))


_NOTHING = Loaded((), None, (), {})


def _folders(changed: Iterable[str], below: Sequence[str]) -> set[str]:
    return {
        os.path.dirname(path) for path in changed if os.path.basename(path) in (SPEC, LOCK) and is_spec(path, below)
    }


def is_spec(path: str, below: Sequence[str]) -> bool:
    """Tell whether a path is below `specs/`, outside hidden and generated folders, and below one of some paths."""
    parts = path.split("/")
    is_ours = parts[0] == SPECS and not any(part.startswith(".") or part == GENERATED for part in parts[:-1])
    return is_ours and (not below or any(path == one or path.startswith(f"{one}/") for one in below))


def _loaded(git: Git, entries: Mapping[str, Entry], below: Sequence[str]) -> Loaded:
    files = {
        path: entry
        for path, entry in sorted(entries.items())
        if path == DEFAULTS or (os.path.basename(path) in (SPEC, LOCK) and is_spec(path, below))
    }
    regular = [path for path, entry in files.items() if entry.is_file]
    contents = dict(zip(regular, git.read([files[path].id for path in regular]), strict=True))
    documents: dict[str, Document] = {}
    faults: list[Diagnostic] = []
    for path in files:
        document, problems = read(contents[path], path) if path in contents else (None, (_link(path),))
        faults += problems
        if document is not None:
            documents[path] = document
    projects = tuple(
        SpecFiles(document, documents.get(f"{path.removesuffix(SPEC)}{LOCK}"))
        for path, document in documents.items()
        if os.path.basename(path) == SPEC
    )
    sources = {path: readable_text(content) for path, content in contents.items()}
    return Loaded(projects, documents.get(DEFAULTS), tuple(faults), sources)


def _working_tree(git: Git, wanted: Sequence[str] | None, below: Sequence[str]) -> Loaded:
    if wanted is None:
        from compiler.repository import find_specs

        found, _ = find_specs([os.path.join(git.root, SPECS)])
        specs = [os.path.relpath(path, git.root) for path in found]
    else:
        specs = [path for path in wanted if path.endswith(SPEC) and os.path.lexists(os.path.join(git.root, path))]
    return load([os.path.relpath(os.path.join(git.root, path)) for path in specs if is_spec(path, below)], git.root)


def _link(path: str) -> Diagnostic:
    return error(codes.LINK, "this is a symbolic link", at=(), help="put the file itself there")._replace(
        span=Span(path, 1, 1, 1, 1)
    )


def _count(git: Git, at: Revisions, below: Sequence[str]) -> int:
    """Return how many specs the later revision has."""
    entries = git.entries(at.head or at.before, SPECS)
    return sum(path.endswith(f"/{SPEC}") and is_spec(path, below) for path in entries)
