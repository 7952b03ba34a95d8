"""Where plug-ins are named in a spec: the mappings that a `kind` or `with` types."""

from collections.abc import Iterator, Mapping
from typing import Any

from compiler.records import NamedTuple
from compiler.source.path import FieldPath


class EnvelopePlace(NamedTuple):
    """A place of envelopes: `*` stands for every item of a list."""

    room: str
    key: str
    path: FieldPath


ENVELOPES = (
    EnvelopePlace("versioning", "with", ("data", "sources", "*", "version")),
    EnvelopePlace("features", "with", ("data", "features")),
    EnvelopePlace("gates", "kind", ("validation", "gates", "*")),
    EnvelopePlace("registries", "with", ("model", "registry")),
    EnvelopePlace("serving", "with", ("deployment", "serving")),
    EnvelopePlace("strategies", "kind", ("deployment", "strategy")),
    EnvelopePlace("drift", "kind", ("monitoring", "drift", "*")),
)


def envelopes_in(spec: Any) -> Iterator[tuple[EnvelopePlace, FieldPath, Mapping[str, Any]]]:
    """Yield every envelope of a spec with its place and path."""
    for place in ENVELOPES:
        for path, envelope in _walk(spec, place.path, ()):
            yield place, path, envelope


def _walk(data: Any, pattern: FieldPath, path: FieldPath) -> Iterator[tuple[FieldPath, Mapping[str, Any]]]:
    if not pattern:
        if isinstance(data, Mapping):
            yield path, data
    elif pattern[0] == "*":
        for index, item in enumerate(data if isinstance(data, list) else ()):
            yield from _walk(item, pattern[1:], (*path, index))
    elif isinstance(data, Mapping) and pattern[0] in data:
        yield from _walk(data[pattern[0]], pattern[1:], (*path, pattern[0]))
