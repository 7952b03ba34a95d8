"""A spec as meant: defaults filled, one environment chosen, every value with its origin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from compiler.records import NamedTuple
from compiler.source.document import Document, Span
from compiler.source.path import FieldPath
from compiler.spec.layers import Layer, origin, value_at

if TYPE_CHECKING:
    from compiler.spec.lock import PinnedModel
    from compiler.spec.project import ProjectSpec


class ResolvedProject(NamedTuple):
    """One project in one environment; `spec` holds every section, `layers` lowest first.

    `environments` maps each environment of the project to its settings; `model` is the
    pinned model of this one, None when there is none yet.
    """

    spec: ProjectSpec
    environment: str
    environments: Mapping[str, Mapping[str, Any]]
    layers: tuple[Layer, ...]
    document: Document
    model: PinnedModel | None = None

    @property
    def name(self) -> str:
        """Return the project's name."""
        return self.spec["metadata"]["name"]

    @property
    def mode(self) -> str:
        """Return development, standard or production."""
        return self.spec["environment"]["mode"]

    @property
    def is_production(self) -> bool:
        """Tell whether the environment refuses what is not pinned, gated and signed."""
        return self.mode == "production"

    @property
    def namespace(self) -> str:
        """Return the namespace that holds all objects of the project in this environment."""
        return self.spec["platform"]["cluster"].get("namespace") or f"{self.name}-{self.environment}"

    def locate(self, path: FieldPath, *, on_key: bool = False) -> Span:
        """Return the place, in whichever file decided it, of the value at path."""
        layer = origin(self.layers, path)
        is_setting = path[:1] == ("environment",)
        if is_setting and (layer is None or layer.document is None):
            return self.document.locate_key(("environments", self.environment))
        if is_setting:
            path = path[1:]
        if layer is None or layer.document is None:
            return self.document.locate_key(path) if on_key else self.document.locate(path)
        place = layer.prefix + path
        return layer.document.locate_key(place) if on_key else layer.document.locate(place)

    def at(self, path: FieldPath) -> Any:
        """Return the resolved value at path, or `layers.ABSENT`."""
        return value_at(self.spec, path)
