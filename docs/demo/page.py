"""The page at the end of the demo: links and numbers."""

from pathlib import Path
from typing import Any

from commands import PAGE, ROOT
from compiling import Folder
from drifting import Window
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from serving import Answered
from training import MODEL, Trained

LINKS = (
    ("one spec", "specs/employment/mlproject.yaml"),
    ("what it compiles to", "generated/production/employment"),
    ("results of all examples", "docs/results.md"),
    ("running here", "docs/local.md"),
    ("the model server", "docs/serving.md"),
    ("a change by its effect", "docs/plan.md"),
    ("the built-in policies", "docs/policies/README.md"),
    ("the language", "docs/language.md"),
)


def write_page(*, compiled: list[Folder], trained: Trained, answered: Answered, windows: list[Window],
               seconds: float) -> None:
    """Write the page."""
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True,
                              lstrip_blocks=True, undefined=StrictUndefined)
    card = next(iter(sorted(trained.folder.glob("nodes/register-*/volume-work/model-card/*.md"))))
    values: dict[str, Any] = {
        "model": MODEL, "compiled": compiled, "trained": trained, "answered": answered, "windows": windows,
        "seconds": round(seconds), "card": card, "root": ROOT,
        "links": [(text, ROOT / place) for text, place in LINKS]}
    PAGE.write_text(environment.get_template("page.html.jinja").render(values), encoding="utf-8")
