"""A plan as one comment: the summary first, foreign text inert, as long as the host takes and no longer.

What a user wrote stands in code spans and fences alone, each longer than any run of backquotes in it: nothing in
there is a link, an image, a mention, a heading or HTML, neither for Markdown nor for what hosts do to its text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from compiler.change.document import is_empty
from compiler.change.grades import GRADES
from compiler.change.summary import Line, answers, lines_of
from compiler.diagnostics.redact import redact_message
from compiler.diagnostics.visible import visible

MARKER = "<!-- mlproject-plan -->"
LIMIT = 65_000
"""Bytes that every host takes: GitHub refuses a comment above 65,536 characters."""
_RUN = re.compile("`+")
_MARKS = {"add": "+", "change": "!", "delete": "-"}
_LONGEST = 300
_CUT = "The rest did not fit: `mlproject plan` prints it."


def render_markdown(document: Mapping[str, Any], limit: int = LIMIT) -> str:
    """Return a plan as Markdown of at most so many bytes."""
    if is_empty(document):
        return f"{MARKER}\n## Plan: no effect\n\nNot one rendered byte differs.\n"
    lines = lines_of(document)
    head = "\n".join([MARKER, *_head(document, lines), ""])
    foot = f"\nPlan {code(document['hash'])}\n"
    space = limit - _size(head) - _size(foot) - _size(_CUT) - 2
    parts: list[str] = []
    for part in (*_means(lines), *_details(document)):
        if _size(part) > space:
            parts.append(f"\n{_CUT}\n")
            break
        parts.append(part)
        space -= _size(part)
    return head + "".join(parts) + foot


def code(text: Any) -> str:
    """Return text as a code span that it cannot leave."""
    said = visible(redact_message(str(text)))[:_LONGEST]
    said = said if said.strip() else "(nothing)"
    fence = "`" * (1 + max((len(run) for run in _RUN.findall(said)), default=0))
    pad = " " if said.startswith("`") or said.endswith("`") or said.startswith(" ") or said.endswith(" ") else ""
    return f"{fence}{pad}{said}{pad}{fence}"


def _head(document: Mapping[str, Any], lines: Sequence[Line]) -> Iterator[str]:
    grade = document["grade"] if document["grade"] in GRADES else "critical"
    yield f"## Plan: {grade} risk"
    yield ""
    yield f"**Approve:** {_reviewers(document['reviewers'])}"
    yield ""
    for question, told in answers(lines):
        yield f"- **{question.capitalize()}?** {f'yes, {len(told)}' if told else 'no'}"
    cost = document["cost"]
    if cost:
        before, after = float(cost["before"]), float(cost["after"])
        yield f"- **Cost a month:** {before:.0f} -> {after:.0f} ({after - before:+.0f}) {code(cost['currency'])}"
    acknowledgement = document["acknowledgement"]
    if acknowledgement["hash"]:
        state = "given" if acknowledgement["is_given"] else "needed"
        yield f"- **Acknowledgement {state}:** {code(acknowledgement['hash'])}"
    for finding in document["findings"][:20]:
        yield f"- **{'Error' if finding['severity'] == 'error' else 'Note'}:** {code(finding['message'])}"


def _reviewers(reviewers: Mapping[str, Any]) -> str:
    return ", ".join(f"{int(count)} of {code(name)}" for name, count in sorted(reviewers.items())) or "nobody"


def _means(lines: Sequence[Line]) -> Iterator[str]:
    yield "\n### What it means\n\n"
    for line in lines:
        where = code(line.project) if line.project else "all projects"
        environments = f" in {', '.join(map(code, line.environments))}" if line.environments else ""
        grade = line.grade if line.grade in GRADES else "critical"
        yield f"- **{grade}** · {where}{environments}: {code(line.message)}\n"


def _details(document: Mapping[str, Any]) -> Iterator[str]:
    cost = document["cost"]
    if cost:
        rows = [f"{row['project']} [{row['environment']}] {row['what']}: {float(row['before']):.0f} -> "
                f"{float(row['after']):.0f}" for row in cost["rows"]]
        yield _folded("Cost", [*rows, *(f"assumes {one}" for one in cost["assumptions"])])
    if document["replay"]:
        yield _folded("Past models under the new gates", [one["message"] for one in document["replay"]])
    counts = document["counts"]
    yield (f"\n### Objects\n\n{int(counts['add'])} to add, {int(counts['change'])} to change, "
           f"{int(counts['delete'])} to delete, {int(counts['unchanged'])} unchanged.\n")
    for project in (*document["projects"], {**document["repository"], "environment": "repository", "project": ""}):
        folder = f"{project['environment']}/{project['project']}".rstrip("/")
        for one in project["objects"]:
            yield _folded(f"{one['action']} {one['kind']} {one['name']} of {folder}", list(_object(one)))


def _object(one: Mapping[str, Any]) -> Iterator[str]:
    yield f"{_MARKS.get(one['action'], '!')} {one['kind']} {one['name']} ({one['file']})"
    for field in one["fields"]:
        yield f"  {field['path']}  because of {field['why'] or 'the spec'}"
        yield f"- {field['old']}"
        yield f"+ {field['new']}"


def _folded(title: str, lines: Sequence[str]) -> str:
    """Return lines behind a title that opens them; the title is a code span of its own."""
    shown = [visible(redact_message(line))[:_LONGEST] for line in lines]
    longest = max((len(run) for line in shown for run in _RUN.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    body = "\n".join(shown)
    return f"\n<details><summary>{_html(title)}</summary>\n\n{fence}diff\n{body}\n{fence}\n\n</details>\n"


def _html(title: str) -> str:
    """Return a title as the text of an HTML element: in `code`, where hosts look for no mention."""
    from html import escape

    return f"<code>{escape(visible(redact_message(title))[:_LONGEST])}</code>"


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
