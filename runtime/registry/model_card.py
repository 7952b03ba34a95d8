"""The model card (Mitchell et al., 2019): what a person reads before trusting a model, with pictures.

Everything in it was measured or is in the record of the registry. What nobody stated is not made up.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from runtime.registry.plots import draw_plots

CARD = "README.md"
TEMPLATE = "model_card.md.jinja"
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:@$^=/])")
_LONGEST = 500


def write_model_card(folder: Path, *, record: Mapping[str, Any], evaluation: Mapping[str, Any],
                     verdict: Mapping[str, Any], description: str = "") -> None:
    """Write the card and its pictures to folder."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder.mkdir(parents=True, exist_ok=True)
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True,
                              lstrip_blocks=True, undefined=StrictUndefined, keep_trailing_newline=True)
    environment.filters |= {"plain": _plain, "number": _number}
    text = environment.get_template(TEMPLATE).render(
        record=record, evaluation=evaluation, verdict=verdict, description=description,
        plots=draw_plots(folder, evaluation))
    (folder / CARD).write_text(text, encoding="utf-8")


def _plain(value: object) -> Any:
    """Return text that Markdown shows as it is: no link, image, heading, table cell or HTML comes of it."""
    from markupsafe import Markup, escape

    text = "".join(character if character.isprintable() else " " for character in str(value))
    text = " ".join(text.split())
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return Markup(_MARKUP.sub(r"\\\1", str(escape(shown)).replace("&#39;", "'").replace("&#34;", '"')))


def _number(value: float | None) -> Any:
    return "–" if value is None else f"{value:.4g}"
