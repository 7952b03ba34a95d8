# The tables are one thought a line.
# ruff: noqa: E501
"""The comment, rendered: what a user wrote is text and nothing else, whatever it is.

`blns.json` is the Big List of Naughty Strings (Max Woolf, MIT licence) as of 2020: 503 of them.
"""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from compiler.change.markdown import LIMIT, MARKER, code, render_markdown
from tests.properties.naughty import STRINGS

PAYLOADS = (
    "@everyone", "@octocat please", "#1", "GH-1", "mlproject-dev/gitops#7", "!7", "https://evil.example.org", "www.evil.example.org",
    "a@example.org", "[a]: http://evil.example.org", "<https://evil.example.org>", "![x](https://evil.example.org/x.png)",
    "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>", "</code><img src=x>", "</summary></details>", "<!--", "-->",
    "# heading", "\n# heading", "heading\n===", "````", "```\n# heading\n```", "`", "``", "` `", "a ` b `` c", "~~~", "&#64;octocat",
    "&lt;img&gt;", "\\`", "\\", " ", "- item", "> quote", "| a | b |", "/close", "$x$", ":tada:", "~del~", "\u202eevil", "x" * 5000,
)  # fmt: skip
STORED = json.loads(Path(__file__).with_name("blns.json").read_text())
# A name that is empty is no name: a line without a project is one of all of them.
NAUGHTY = tuple(said for said in dict.fromkeys((*STORED, *STRINGS, *PAYLOADS)) if said)
WORD = "word"


def document(said: str) -> dict[str, Any]:
    """Return the document of a plan in which a user's text stands wherever there is text."""
    meaning = {"code": "gates/loosened", "grade": "high", "message": said, "path": said, "place": said}
    thing = {"action": "change", "file": said, "kind": said, "namespace": said, "name": said,
             "fields": [{"path": said, "old": said, "new": said, "why": said}]}  # fmt: skip
    project = {"project": said, "environment": said, "team": said, "tier": said, "mode": said, "grade": "high",
               "reviewers": {said: 1}, "index": {"before": "", "after": ""}, "meanings": [meaning], "objects": [thing]}  # fmt: skip
    return {
        "format": 1, "compiler": said, "base": said, "head": said, "hash": said, "grade": "high", "reviewers": {said: 1},
        "untouched": 0, "counts": {"add": 0, "change": 1, "delete": 0, "unchanged": 0}, "projects": [project],
        "repository": {"meanings": [meaning], "objects": [thing]},
        "findings": [{"code": said, "severity": "error", "message": said, "environment": said}],
        "acknowledgement": {"hash": "sha256:1", "is_given": False},
        "cost": {"before": 1, "after": 2, "currency": said, "assumptions": [said],
                 "rows": [{"project": said, "environment": said, "what": said, "before": 1, "after": 2}]},
        "replay": [{"message": said}],
    }  # fmt: skip


class Skeleton(HTMLParser):
    """The tags and texts of a page without what is inside `code`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.inside = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += tag == "code"
        self.parts.append(f"<{tag} {[name for name, _ in attrs]}>")

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "code"
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.parts.append(data)

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"<!--{data}-->")


def skeleton(said: str) -> list[str]:
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return Skeleton(markdown.render(render_markdown(document(said)))).parts


EXPECTED = skeleton(WORD)


def test_there_are_enough_strings() -> None:
    assert len(NAUGHTY) >= 515


def test_the_page_of_a_harmless_word_is_as_it_should_be() -> None:
    tags = {part.split()[0].strip("<>/") for part in EXPECTED if part.startswith("<") and not part.startswith("<!--")}
    assert tags == {"h2", "h3", "p", "strong", "code", "ul", "li", "pre", "details", "summary"}
    assert sum(part.startswith("<h") for part in EXPECTED) == 3


@pytest.mark.parametrize("part", range(4))
def test_no_text_of_a_user_is_anything_but_text(part: int) -> None:
    for said in NAUGHTY[part::4]:
        assert skeleton(said) == EXPECTED, said


@pytest.mark.parametrize("said", ["a", "`", "``x`", " x ", "a``b`c"])
def test_a_code_span_says_what_it_was_given(said: str) -> None:
    page = MarkdownIt("commonmark").render(f"- {code(said)}")
    assert f"<code>{said}</code>" in page


def test_a_long_plan_keeps_its_summary_and_says_what_is_missing() -> None:
    plan = document(WORD)
    plan["projects"] = [{**plan["projects"][0], "project": f"p{number}"} for number in range(5000)]
    text = render_markdown(plan)
    assert len(text.encode()) <= LIMIT
    assert text.startswith(f"{MARKER}\n## Plan: high risk")
    assert "The rest did not fit" in text
    assert text.endswith(f"Plan {code(WORD)}\n")


def test_an_empty_plan_is_short() -> None:
    plan = {**document(WORD), "projects": [], "repository": {"meanings": [], "objects": []}}
    assert render_markdown(plan) == f"{MARKER}\n## Plan: no effect\n\nNot one rendered byte differs.\n"
