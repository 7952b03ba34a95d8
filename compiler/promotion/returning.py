"""Roll back, freeze and lift: edits of the lock that ask nobody's leave but Git's."""

import os

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.edit import codes
from compiler.edit.candidate import from_lock
from compiler.edit.lock_text import NEW_LOCK, freeze, lift, restore
from compiler.edit.returning import Pin, before, pins_of
from compiler.git.history import versions_of
from compiler.git.objects import Git
from compiler.promotion.changing import Edit
from compiler.promotion.project import Project
from compiler.promotion.promoting import Surroundings
from compiler.source.document import Span


def rollback(project: Project, environment: str, version: str | None,
             around: Surroundings) -> tuple[Edit | None, tuple[Diagnostic, ...]]:
    """Return the edit that brings back what an environment served before, or the version that is named."""
    current = from_lock(project.lock, environment)
    if project.lock is None or current is None:
        return None, (_refused(project, f"`{environment}` has no model, so there is nothing to go back from", ""),)
    versions = versions_of(Git(project.root, around.variables), os.path.relpath(project.lock_path, project.root))
    pins = pins_of(versions, environment)
    if not pins or pins[-1].model["digest"] != current.model["digest"]:
        pins = (*pins, Pin(dict(current.model), project.lock.text, "", around.now))
    target = before(pins) if version is None else _named(pins, version)
    if target is None:
        return None, (_none(project, environment, version, pins),)
    headline = f"roll back: {project.report.projects[0].name} in {environment} to {target.model['version']}"
    body = (f"Model:    {target.model['digest']}\nFrom:     version {current.model['version']}, "
            f"{current.model['digest']}\nAs in:    {target.commit}")
    return Edit(restore(project.lock.text, environment, target.text), headline, body), ()


def freezing(project: Project, environment: str, reason: str, until: str | None) -> Edit:
    """Return the edit that freezes an environment."""
    text = project.lock.text if project.lock is not None else NEW_LOCK
    said = {"reason": reason, **({"until": until} if until else {})}
    headline = f"freeze: {project.report.projects[0].name} in {environment}{f' until {until}' if until else ''}"
    return Edit(freeze(text, environment, said), headline, f"Reason:   {reason}")


def lifting(project: Project, environment: str) -> tuple[Edit | None, tuple[Diagnostic, ...]]:
    """Return the edit that lifts the freeze of an environment."""
    lock = project.lock
    if lock is None or environment not in lock.data.get("freezes", {}):
        return None, (_refused(project, f"`{environment}` is not frozen",
                               "see the `freezes` of the lock")._replace(code=codes.NOT_FROZEN),)
    headline = f"lift the freeze: {project.report.projects[0].name} in {environment}"
    return Edit(lift(lock.text, environment), headline, f"It was:   {lock.data['freezes'][environment]['reason']}"), ()


def _named(pins: tuple[Pin, ...], version: str) -> Pin | None:
    current = pins[-1].model["digest"]
    return next((pin for pin in reversed(pins) if pin.model["version"] == version and pin.model["digest"] != current),
                None)


def _none(project: Project, environment: str, version: str | None, pins: tuple[Pin, ...]) -> Diagnostic:
    known = ", ".join(dict.fromkeys(pin.model["version"] for pin in reversed(pins[:-1])))
    if version is not None:
        return _refused(project, f"`{environment}` never served another version {version[:40]}",
                        f"it served {known}" if known else "")
    return _refused(project, f"Git knows no model that `{environment}` served before this one",
                    f"name one with --to: it served {known}" if known else
                    "in a shallow clone: git fetch --unshallow; to serve none again, revert the commit")


def _refused(project: Project, message: str, help: str) -> Diagnostic:
    path = project.lock_path if project.lock is not None else project.spec
    return error(codes.HISTORY, message, at=(), help=help)._replace(span=Span(path, 1, 1, 1, 1))
