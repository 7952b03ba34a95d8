"""The questions that a reviewer asks first, answered from a plan's document."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from compiler.change.grades import GRADES
from compiler.records import NamedTuple

QUESTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("retrains", ("retraining/",)),
    ("moves traffic or models", ("traffic/", "model/", "serving/")),
    (
        "loosens",
        (
            "gates/loosened",
            "gates/removed",
            "gates/weakened",
            "gates/changed",
            "fairness/",
            "signing/weakened",
            "monitors/loosened",
            "monitors/removed",
            "monitors/off",
            "alerts/silenced",
            "alerts/lowered",
            "promotion/rules-weakened",
            "promotion/approvals-lowered",
            "promotion/soak-lowered",
        ),
    ),
    ("deletes", ("objects/deleted", "lifecycle/project-removed", "lifecycle/environment-removed")),
)


class Line(NamedTuple):
    """One meaning of one project, in every environment that it is true in."""

    grade: str
    code: str
    message: str
    project: str
    environments: tuple[str, ...]
    place: str


def lines_of(document: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return the meanings of a plan, the gravest first; what several environments share is one line."""
    grouped: dict[tuple[str, str, str], Line] = {}
    for project in document["projects"]:
        for meaning in project["meanings"]:
            key = (project["project"], meaning["code"], meaning["message"])
            line = grouped.get(key) or Line(
                "none", meaning["code"], meaning["message"], project["project"], (), meaning["place"]
            )
            grade = max(line.grade, meaning["grade"], key=GRADES.index)
            grouped[key] = line._replace(grade=grade, environments=(*line.environments, project["environment"]))
    told = {line.project for line in grouped.values() if line.grade != "none"}
    shown = [line for line in grouped.values() if line.grade != "none" or line.project not in told]
    lines = [
        *shown,
        *(
            Line(meaning["grade"], meaning["code"], meaning["message"], "", (), "")
            for meaning in document["repository"]["meanings"]
        ),
    ]
    return tuple(sorted(lines, key=lambda line: (-GRADES.index(line.grade), line.project, line.code)))


def answers(lines: Iterable[Line]) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Yield each question with the lines that answer it; none where the answer is no."""
    told = tuple(lines)
    for question, codes in QUESTIONS:
        yield (
            question,
            tuple(
                line
                for line in told
                if any(line.code.startswith(code) for code in codes)
                and line.code not in ("fairness/added", "fairness/tightened", "fairness/strengthened")
            ),
        )
