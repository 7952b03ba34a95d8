"""Where plug-ins are named in a spec: the mappings that a `kind` or `with` types."""

from typing import NamedTuple

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
