"""A pipeline as an SVG picture: no script, no font, no address; readable on a light and on a dark page."""

from compiler.graph.captions import captions, is_gate, shortened
from compiler.graph.edges import depths, edges
from compiler.graph.layout import Box, Layout, Route, layout
from compiler.graph.text_width import text_width
from compiler.ir.pipeline import Pipeline, Step

_MARGIN = 16.0
_PADDING = 14.0
_NAME_SIZE = 14.0
_LINE_SIZE = 11.0
_NAME_HEIGHT = 22.0
_LINE_HEIGHT = 15.0
_EXIT_GAP = 52.0
_BOLD = 1.15
"""How much wider than others bold letters are."""

_STYLE = """
text{font-family:Helvetica,Arial,sans-serif;text-anchor:middle}
.name{font-size:14px;font-weight:bold;fill:#14283d}.line{font-size:11px;fill:#3d4f63}.note{font-size:11px;fill:#6b7785}
.step{fill:#dbe8f8;stroke:#3b6ea5}.gate{fill:#fdebc8;stroke:#b7791f}
.exit{fill:#e8e4ec;stroke:#7a6f88;stroke-dasharray:5 4}
.arrow{fill:none;stroke:#7b8794;stroke-width:1.5}.gated{stroke:#b7791f}.rule{stroke:#7a6f88;stroke-dasharray:2 5}
.head{fill:#7b8794}.gated-head{fill:#b7791f}
@media (prefers-color-scheme:dark){.name{fill:#f0f4f8}.line{fill:#c3ced9}.note{fill:#9aa7b4}
.step{fill:#1d3550;stroke:#6ea8e0}.gate{fill:#453312;stroke:#e0a84a}.exit{fill:#332e3b;stroke:#a79bb8}
.gated{stroke:#e0a84a}.gated-head{fill:#e0a84a}}
"""
_HEADS = "".join(
    f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">'
    f'<path class="{name}" d="M0 0L10 5L0 10z"/></marker>' for name in ("head", "gated-head"))


def svg(pipeline: Pipeline) -> str:
    """Return the picture, from the first step at the top to the step at exit."""
    arrows = edges(pipeline)
    sizes = {step.name: _size(pipeline, step) for step in pipeline.steps}
    places = layout(sizes, depths(pipeline, arrows), arrows)
    at_exit = _exit_box(pipeline, places)
    width = max(places.width, at_exit.x + at_exit.width / 2 if at_exit else 0.0) + 2 * _MARGIN
    height = (at_exit.y + at_exit.height if at_exit else places.height) + 2 * _MARGIN
    parts = [*(_arrow(route) for route in places.routes)]
    parts += [_step(pipeline, step, places.boxes[step.name], "gate" if is_gate(step) else "step")
              for step in pipeline.steps]
    if at_exit is not None and pipeline.at_exit is not None:
        parts += [_rule(at_exit, width), _step(pipeline, pipeline.at_exit, at_exit, "exit")]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" '
            f'height="{_n(height)}" role="img" aria-label="{_escaped(pipeline.name)}">\n'
            f"<style>{_STYLE}</style>\n<defs>{_HEADS}</defs>\n"
            f'<g transform="translate({_n(_MARGIN)} {_n(_MARGIN)})">\n' + "\n".join(parts) + "\n</g>\n</svg>\n")


def _size(pipeline: Pipeline, step: Step) -> tuple[float, float]:
    lines = captions(pipeline, step)
    inner = max([_BOLD * text_width(shortened(step.name), size=_NAME_SIZE),
                 *(text_width(line, size=_LINE_SIZE) for line in lines)])
    slant = 2 * _PADDING if is_gate(step) else 0.0
    return inner + 2 * _PADDING + slant, _NAME_HEIGHT + len(lines) * _LINE_HEIGHT + _PADDING


def _exit_box(pipeline: Pipeline, places: Layout) -> Box | None:
    if pipeline.at_exit is None:
        return None
    width, height = _size(pipeline, pipeline.at_exit)
    return Box(max(places.width, width) / 2, places.height + _EXIT_GAP, width, height)


def _step(pipeline: Pipeline, step: Step, box: Box, style: str) -> str:
    lines = captions(pipeline, step)
    texts = [_text("name", shortened(step.name), box.x, box.y + 21)]
    texts += [_text("line", line, box.x, box.y + 21 + index * _LINE_HEIGHT + 2)
              for index, line in enumerate(lines, start=1)]
    return f"<g><title>{_escaped(_title(step))}</title>{_shape(box, style)}{''.join(texts)}</g>"


def _title(step: Step) -> str:
    """Return what a pointer, or a screen reader, is told: the arrows that the picture leaves out too."""
    reads = ", ".join(f"{given.output} of {given.step}" for given in step.inputs)
    return f"{step.name} reads {reads}" if reads else step.name


def _shape(box: Box, style: str) -> str:
    left, right, middle = box.x - box.width / 2, box.x + box.width / 2, box.y + box.height / 2
    if style != "gate":
        radius = box.height / 2 if style == "exit" else 6.0
        return (f'<rect class="{style}" x="{_n(left)}" y="{_n(box.y)}" width="{_n(box.width)}" '
                f'height="{_n(box.height)}" rx="{_n(radius)}"/>')
    corners = ((left, middle), (left + _PADDING, box.y), (right - _PADDING, box.y), (right, middle),
               (right - _PADDING, box.y + box.height), (left + _PADDING, box.y + box.height))
    return f'<polygon class="gate" points="{" ".join(f"{_n(x)},{_n(y)}" for x, y in corners)}"/>'


def _arrow(route: Route) -> str:
    first, *bends, last = route.stops
    path = f"M{_n(first.x)} {_n(first.y + first.height)}"
    x, y = first.x, first.y + first.height
    for stop in (*bends, last):
        half = (y + stop.y) / 2
        path += f"C{_n(x)} {_n(half)} {_n(stop.x)} {_n(half)} {_n(stop.x)} {_n(stop.y)}"
        x, y = stop.x, stop.y
        if stop is not last:
            y += stop.height
            path += f"V{_n(y)}"
    gated = "gated-head" if route.edge.is_gated else "head"
    return f'<path class="arrow{" gated" if route.edge.is_gated else ""}" marker-end="url(#{gated})" d="{path}"/>'


def _rule(at_exit: Box, width: float) -> str:
    y = at_exit.y - 30
    return (f'<path class="rule" d="M0 {_n(y)}H{_n(width - 2 * _MARGIN)}"/>'
            + _text("note", "at exit, whatever happened", at_exit.x, at_exit.y - 12))


def _text(style: str, text: str, x: float, y: float) -> str:
    return f'<text class="{style}" x="{_n(x)}" y="{_n(y)}">{_escaped(text)}</text>'


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _escaped(text: str) -> str:
    """Return text as XML; what XML cannot hold becomes the replacement character."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(character, entity)
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
