"""Where boxes and arrows go: layers from top to bottom, few crossings, long arrows around boxes."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from compiler.graph.edges import Edge
from compiler.records import NamedTuple

GAP = 32.0
LAYER_GAP = 44.0
SWEEPS = 60
_BEND_WIDTH = 8.0

Size = tuple[float, float]
Point = tuple[float, float]


class Box(NamedTuple):
    """A place: the middle of its upper side, its width and its height."""

    x: float
    y: float
    width: float
    height: float


class Route(NamedTuple):
    """An arrow and the boxes that it leads through; those between the first and the last are bends."""

    edge: Edge
    stops: tuple[Box, ...]


class Layout(NamedTuple):
    """A drawing whose upper left corner is 0, 0."""

    boxes: Mapping[str, Box]
    routes: tuple[Route, ...]
    width: float
    height: float


def layout(sizes: Mapping[str, Size], depth: Mapping[str, int], arrows: Sequence[Edge]) -> Layout:
    """Return a layout of boxes of these sizes, each at its depth, in the order of sizes where nothing else decides."""
    chains = {arrow: _chain(arrow, depth) for arrow in arrows}
    layers = _layers(sizes, depth, chains)
    neighbours = _neighbours(chains)
    for _ in range(SWEEPS):
        _reorder(layers, neighbours)
    widths = {item: sizes[item][0] if item in sizes else _BEND_WIDTH for layer in layers for item in layer}
    x = _columns(layers, widths, neighbours)
    boxes = _boxes(layers, x, widths, sizes)
    routes = tuple(Route(arrow, tuple(boxes[item] for item in chain)) for arrow, chain in chains.items())
    return Layout({name: boxes[name] for name in sizes}, routes,
                  max((box.x + box.width / 2 for box in boxes.values()), default=0.0),
                  max((box.y + box.height for box in boxes.values()), default=0.0))


def _chain(arrow: Edge, depth: Mapping[str, int]) -> tuple[str, ...]:
    """Return the items that an arrow passes, one a layer: a bend where no box of its own is."""
    bends = (f"{arrow.source}>{arrow.target}>{layer}" for layer in range(depth[arrow.source] + 1, depth[arrow.target]))
    return (arrow.source, *bends, arrow.target)


def _layers(sizes: Mapping[str, Size], depth: Mapping[str, int],
            chains: Mapping[Edge, tuple[str, ...]]) -> list[list[str]]:
    layers: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for name in sizes:
        layers[depth[name]].append(name)
    for arrow, chain in chains.items():
        for offset, bend in enumerate(chain[1:-1], start=1):
            layers[depth[arrow.source] + offset].append(bend)
    return layers


def _neighbours(chains: Mapping[Edge, tuple[str, ...]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for chain in chains.values():
        for upper, lower in pairwise(chain):
            above.setdefault(lower, []).append(upper)
            below.setdefault(upper, []).append(lower)
    return above, below


def _reorder(layers: list[list[str]], neighbours: tuple[dict[str, list[str]], dict[str, list[str]]]) -> None:
    """Sort each layer by where its neighbours are, once downwards and once upwards."""
    for side, order in zip(neighbours, (layers, layers[::-1]), strict=True):
        for fixed, layer in pairwise(order):
            rank = {item: index for index, item in enumerate(fixed)}
            own = {item: index for index, item in enumerate(layer)}
            layer.sort(key=lambda item, rank=rank, own=own: (  # type: ignore[misc]
                _mean([rank[other] for other in side.get(item, ())], own[item]), own[item]))


def _columns(layers: list[list[str]], widths: Mapping[str, float],
             neighbours: tuple[dict[str, list[str]], dict[str, list[str]]]) -> dict[str, float]:
    """Return the middle of each item, as near to its neighbours as the others of its layer let it."""
    x = {item: 0.0 for layer in layers for item in layer}
    for _ in range(SWEEPS):
        for side, order in zip(neighbours, (layers, layers[::-1]), strict=True):
            for layer in order:
                wanted = [_mean([x[other] for other in side.get(item, ())], x[item]) for item in layer]
                x.update(zip(layer, _spread(wanted, [widths[item] for item in layer]), strict=True))
    left = min((x[item] - widths[item] / 2 for item in x), default=0.0)
    return {item: round(middle - left, 1) for item, middle in x.items()}


def _spread(wanted: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Return places near the wanted ones, in the same order and without overlaps: the least squares."""
    offsets = [0.0]
    for left, right in pairwise(widths):
        offsets.append(offsets[-1] + (left + right) / 2 + GAP)
    pools: list[tuple[float, int]] = []
    for place, offset in zip(wanted, offsets, strict=False):
        pools.append((place - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (before, many), (after, more) = pools[-2:]
            pools[-2:] = [((before * many + after * more) / (many + more), many + more)]
    shifts = [shift for shift, count in pools for _ in range(count)]
    return [shift + offset for shift, offset in zip(shifts, offsets, strict=False)]


def _boxes(layers: list[list[str]], x: Mapping[str, float], widths: Mapping[str, float],
           sizes: Mapping[str, Size]) -> dict[str, Box]:
    boxes = {}
    top = 0.0
    for layer in layers:
        height = max(sizes[item][1] for item in layer if item in sizes)
        for item in layer:
            own = sizes[item][1] if item in sizes else height
            boxes[item] = Box(x[item], top + (height - own) / 2, widths[item], own)
        top += height + LAYER_GAP
    return boxes


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
