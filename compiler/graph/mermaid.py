"""A pipeline as a Mermaid flowchart."""

from compiler.graph.captions import captions, is_gate
from compiler.graph.edges import Edge, edges
from compiler.ir.pipeline import Pipeline, Step

_STYLES = (
    "classDef step fill:#dbe8f8,stroke:#3b6ea5,color:#14283d",
    "classDef gate fill:#fdebc8,stroke:#b7791f,color:#3d2a08",
    "classDef exit fill:#e8e4ec,stroke:#7a6f88,color:#2c2733,stroke-dasharray:4 3",
)


def mermaid(pipeline: Pipeline) -> str:
    """Return the text of a flowchart, from the first step at the top to the step at exit."""
    lines = ["flowchart TD"]
    lines += [_node(pipeline, step, "gate" if is_gate(step) else "step") for step in pipeline.steps]
    lines += [_arrow(edge) for edge in edges(pipeline)]
    if pipeline.at_exit is not None:
        lines += [_node(pipeline, pipeline.at_exit, "exit"), *_to_exit(pipeline, pipeline.at_exit)]
    return "\n    ".join((*lines, *_STYLES)) + "\n"


def _node(pipeline: Pipeline, step: Step, style: str) -> str:
    # A name as it is could be a word of Mermaid, such as `end`.
    left, right = {"step": ("[", "]"), "gate": ("{{", "}}"), "exit": ("([", "])")}[style]
    text = "<br>".join([f"<b>{_escaped(step.name)}</b>", *map(_escaped, captions(pipeline, step))])
    return f'{_id(step.name)}{left}"{text}"{right}:::{style}'


def _arrow(edge: Edge) -> str:
    label = ", ".join(edge.artifacts)
    return f'{_id(edge.source)} -->{f"|{chr(34)}{_escaped(label)}{chr(34)}|" if label else ""} {_id(edge.target)}'


def _to_exit(pipeline: Pipeline, exit_step: Step) -> list[str]:
    sources = {edge.source for edge in edges(pipeline)}
    return [f'{_id(step.name)} -.->|"at exit, whatever happened"| {_id(exit_step.name)}'
            for step in pipeline.steps if step.name not in sources]


def _id(name: str) -> str:
    return "step_" + "".join(character if character.isalnum() and character.isascii() else f"_{ord(character):x}_"
                             for character in name)


def _escaped(text: str) -> str:
    """Return text with everything that could end a label, be markup or be a directive as a character code."""
    return "".join(character if character.isalnum() or character in " ,.()_-×…" else f"#{ord(character)};"
                   for character in text)
