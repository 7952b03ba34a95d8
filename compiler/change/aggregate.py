"""What changes over all projects at once: equal differences told once, with how many projects and folders have them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from compiler.change.grades import GRADES
from compiler.change.leaves import shown
from compiler.change.objects import Action, ObjectChange
from compiler.diagnostics.visible import visible
from compiler.records import NamedTuple
from compiler.source.path import FieldPath, dotted

PROJECT, ENVIRONMENT = "PROJECT", "ENVIRONMENT"


class Folder(NamedTuple):
    """A folder of `generated/` with what becomes of its objects."""

    project: str
    environment: str
    objects: tuple[ObjectChange, ...]


class Difference(NamedTuple):
    """One difference that folders share; a field of an object, or with an empty path the object itself."""

    action: Action
    kind: str
    path: str
    old: str
    new: str


class Shared(NamedTuple):
    """A difference, the projects that have it, and the number of folders."""

    difference: Difference
    projects: tuple[str, ...]
    folders: int


def shared_differences(folders: Iterable[Folder]) -> tuple[Shared, ...]:
    """Return the differences of folders, those that most of them have first.

    Indices are left out of paths, and names of projects and environments out of values: what is the same but for them
    is the same.
    """
    found: dict[Difference, tuple[set[str], set[tuple[str, str]]]] = {}
    for folder in folders:
        for difference in _differences(folder):
            projects, places = found.setdefault(difference, (set(), set()))
            projects.add(folder.project)
            places.add((folder.environment, folder.project))
    shared = [Shared(one, tuple(sorted(projects)), len(places)) for one, (projects, places) in found.items()]
    return tuple(sorted(shared, key=lambda one: (-one.folders, one.difference)))


def shared_meanings(document: Mapping[str, Any]) -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
    """Return the meanings of a plan as grade, code, message and the projects that have them, the gravest first."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for project in document["projects"]:
        for meaning in project["meanings"]:
            message = _general(meaning["message"], project["project"], project["environment"])
            found.setdefault((meaning["grade"], meaning["code"], message), set()).add(project["project"])
    rows = [(*key, tuple(sorted(projects))) for key, projects in found.items()]
    return tuple(sorted(rows, key=lambda row: (-GRADES.index(row[0]), -len(row[3]), row)))


def _differences(folder: Folder) -> Iterator[Difference]:
    for one in folder.objects:
        if one.action == "change":
            for field in one.fields:
                old, new = (_general(shown(value, field.path), folder.project, folder.environment)
                            for value in (field.old, field.new))  # fmt: skip
                yield Difference("change", one.kind, _path(field.path, folder), old, new)
        elif one.action != "unchanged":
            yield Difference(one.action, one.kind, "", "", "")


def _path(path: FieldPath, folder: Folder) -> str:
    keys = tuple(part for part in path if isinstance(part, str))
    return visible(_general(dotted(keys), folder.project, folder.environment))


def _general(text: str, project: str, environment: str) -> str:
    return text.replace(project, PROJECT).replace(environment, ENVIRONMENT)
