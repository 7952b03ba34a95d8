"""Which specs have other inputs than at a revision: all of them where what they share differs."""

import os
from collections.abc import Mapping, Sequence

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.repository import DEFAULTS, LOCK
from compiler.source.codes import NO_SPEC
from compiler.source.document import Span

_SHARED = (DEFAULTS, "waivers.yaml")
_SHARED_FOLDERS = ("policies/", "crds/")


def affected(revision: str, root: str, specs: Sequence[str],
             variables: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return those of the specs that differ, and why it cannot be told.

    A spec that is gone leaves a folder behind that only a compile of the whole repository removes: then all are.
    """
    from compiler.git.objects import Git, GitError

    git = Git(root, variables)
    try:
        commit = git.commit(revision)
        changed = frozenset(git.changed(git.merge_base(commit, "HEAD") or commit, None))
    except GitError as failure:
        wrong = error(NO_SPEC, str(failure), at=(), help=failure.help)
        return (), (wrong._replace(span=Span(root, 1, 1, 1, 1)),)
    if any(_is_shared(path) for path in changed) or any(_is_gone(root, path) for path in changed):
        return tuple(specs), ()
    return tuple(spec for spec in specs if changed & _inputs(spec, root)), ()


def _is_shared(path: str) -> bool:
    return path in _SHARED or path.startswith(_SHARED_FOLDERS)


def _is_gone(root: str, path: str) -> bool:
    return path.endswith("/mlproject.yaml") and not os.path.lexists(os.path.join(root, path))


def _inputs(spec: str, root: str) -> frozenset[str]:
    path = os.path.relpath(os.path.abspath(spec), root)
    return frozenset((path, os.path.join(os.path.dirname(path), LOCK)))
