"""Which step leads to which, without the arrows that others imply."""

from collections.abc import Mapping

from compiler.ir.pipeline import Pipeline, Step
from compiler.records import NamedTuple


class Edge(NamedTuple):
    """An arrow: `target` comes after `source` and reads `artifacts` of it; a gated one waits for its verdict."""

    source: str
    target: str
    artifacts: tuple[str, ...]
    is_gated: bool


def edges(pipeline: Pipeline) -> tuple[Edge, ...]:
    """Return the arrows of a pipeline, in the order of their targets.

    An arrow that leads past others to the same place is left out: almost every step reads
    something of the first ones, and nobody would see the way. One from the gates stays where
    it is the first to go behind them.
    """
    known: dict[str, frozenset[str]] = {}
    found: list[Edge] = []
    for step in pipeline.steps:
        sources = _sources(step)
        implied = frozenset[str]().union(*(known.get(source, frozenset()) for source in sources))
        known[step.name] = implied.union(sources)
        if is_first_behind(pipeline, step):
            implied -= {str(step.only_if)}
        found += [_edge(source, step) for source in sources if source not in implied]
    return tuple(found)


def depths(pipeline: Pipeline, arrows: tuple[Edge, ...]) -> Mapping[str, int]:
    """Return for each step the length of the longest way to it."""
    depth = {step.name: 0 for step in pipeline.steps}
    for arrow in arrows:
        # Steps stand behind those that they need, so the depth of a source is final when its arrow comes.
        depth[arrow.target] = max(depth[arrow.target], depth[arrow.source] + 1)
    return depth


def is_first_behind(pipeline: Pipeline, step: Step) -> bool:
    """Tell whether a step waits for a verdict that none of the steps before it has waited for."""
    before = {other.only_if for other in pipeline.steps if other.name in _sources(step)}
    return step.only_if is not None and step.only_if not in before


def _sources(step: Step) -> tuple[str, ...]:
    gate = (step.only_if,) if step.only_if else ()
    return tuple(dict.fromkeys((*step.after, *gate, *(given.step for given in step.inputs))))


def _edge(source: str, step: Step) -> Edge:
    artifacts = tuple(given.output for given in step.inputs if given.step == source)
    return Edge(source, step.name, artifacts, source == step.only_if)
