"""Carry out an edit of a lock: compile with it first, then write lock and generated/, then commit."""

import os
from collections.abc import Mapping

from compiler.diagnostics.diagnostic import Diagnostic, error, has_errors
from compiler.driver import Request, compile_loaded, is_blocked
from compiler.edit import codes
from compiler.emit.compare import compare
from compiler.emit.tree import emit_folders
from compiler.git.committing import Committer
from compiler.promotion.project import Compiler, Project
from compiler.records import NamedTuple
from compiler.repository import GENERATED, Loaded
from compiler.source.document import Document, Span
from compiler.source.read import read, readable_text


class Edit(NamedTuple):
    """A new text of the lock, and what a commit says of it."""

    text: str
    headline: str
    body: str


class Change(NamedTuple):
    """What was done: nothing when anything is wrong. `commit` is empty unless one was made."""

    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    paths: tuple[str, ...] = ()
    commit: str = ""


def carry_out(project: Project, edit: Edit, compiler: Compiler, committer: Committer | None) -> Change:
    """Write the lock and what the project compiles to with it; commit both when there is a committer."""
    faults = _in_the_way(project, committer) if committer else ()
    loaded, problems = _with_lock(project, edit.text)
    faults = (*faults, *problems)
    if has_errors(faults) or loaded is None:
        return Change(faults, project.loaded.sources)
    request = Request((project.spec,), project.root, waive=compiler.waive)
    report = compile_loaded(loaded, request, compiler.registry, compiler.judge)
    if is_blocked(report.diagnostics, request):
        return Change(report.diagnostics, report.sources)
    emitted = _write(project, edit.text, report.folders)
    if has_errors(emitted):
        return Change((*report.diagnostics, *emitted), report.sources)
    folders = tuple(sorted(f"{GENERATED}/{folder}" for folder in report.folders))
    paths = (os.path.relpath(project.lock_path, project.root), *folders)
    commit = committer.commit(paths, f"{edit.headline}\n\n{edit.body}\n") if committer else ""
    return Change((*report.diagnostics, *emitted), report.sources, paths, commit)


def _in_the_way(project: Project, committer: Committer) -> tuple[Diagnostic, ...]:
    """Return what would make a commit hold more than the edit."""
    unclean = committer.unclean((os.path.relpath(os.path.dirname(project.spec), project.root),
                                 *project.committed_paths))
    found = [error(codes.UNCOMMITTED, "this differs from the commit, and would be committed along", at=(),
                   help="commit it by itself first, or leave out --commit")._replace(span=Span(path, 1, 1, 1, 1))
             for path in unclean]
    if found:
        return tuple(found)
    generated = os.path.join(project.root, GENERATED)
    comparison = compare(generated, project.report.folders)
    stale = [error(codes.STALE, "this is not what the project compiles to now, and would be committed along", at=(),
                   help="run `mlproject compile` and commit the result first")._replace(
                       span=Span(f"{GENERATED}/{change.folder}/{change.path}", 1, 1, 1, 1))
             for change in comparison.changes]
    return (*comparison.diagnostics, *stale)


def _with_lock(project: Project, text: str) -> tuple[Loaded | None, tuple[Diagnostic, ...]]:
    document, problems = read(text.encode(), project.lock_path)
    if document is None:
        return None, problems
    files = project.loaded.projects[0]._replace(lock=document)
    sources = {**project.loaded.sources, project.lock_path: readable_text(text.encode())}
    return project.loaded._replace(projects=(files,), sources=sources), problems


def _write(project: Project, text: str, folders: Mapping[str, Mapping[str, bytes]]) -> tuple[Diagnostic, ...]:
    """Write the lock, then generated/; the lock is as it was when that cannot be written."""
    old = project.lock
    _replace(project.lock_path, text)
    emitted = emit_folders(os.path.join(project.root, GENERATED), folders).diagnostics
    if has_errors(emitted):
        _put_back(project.lock_path, old)
    return emitted


def _put_back(path: str, old: Document | None) -> None:
    if old is None:
        os.unlink(path)
    else:
        _replace(path, old.text)


def _replace(path: str, text: str) -> None:
    """Write a file as one exchange; what stands there, even a link, is replaced and never followed."""
    draft = f"{path}.draft"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise
