"""What holds for every kind of every room."""

import importlib
import pkgutil
import re

import pytest

import compiler.kinds
from compiler.kinds.pages import PAGES
from compiler.registry import discover
from compiler.spec.envelopes import ENVELOPES
from compiler.spec.freeze import adapter_of
from tests.kinds.projects import project

REGISTRY = discover(())
ROOMS = ("drift", "features", "frameworks", "gates", "registries", "steps", "strategies", "versioning")
TYPED = [(place.room, name) for place in ENVELOPES if place.room in ROOMS for name in REGISTRY.names(place.room)]
CODE = re.compile(rf"({'|'.join(ROOMS)})/[a-z0-9-]+")


@pytest.mark.parametrize("room", ROOMS)
def test_a_kind_is_called_as_its_file(room):
    assert [REGISTRY.find(room, name).name for name in REGISTRY.names(room)] == list(REGISTRY.names(room))


@pytest.mark.parametrize(("room", "name"), TYPED)
def test_every_parameter_has_hover_text(room, name):
    schema = adapter_of(REGISTRY.find(room, name).parameters).json_schema()
    undocumented = [f"{title}.{key}" for title, definition in schema["$defs"].items()
                    for key, value in definition["properties"].items()
                    if key != "with" and not value.get("description")]
    assert undocumented == []


NO_DATA = project({"data": {"sources": []}})


@pytest.mark.parametrize(("room", "parameters"), [
    ("gates", {"kind": "slice", "by": "country", "metric": "recall", "minimum": 0.8}),
    ("gates", {"kind": "fairness", "metric": "equalized_odds_difference", "groups": ["sex"], "maximum": 0.1}),
    ("gates", {"kind": "behaviour", "checks": ["invariance"], "invariant_to": ["sex"]}),
    ("drift", {"kind": "data", "columns": ["amount"]}),
    ("drift", {"kind": "data", "columns": "all"}),
    ("features", {"with": "feast", "feature_service": "f", "registry": "r", "entities": ["e"]}),
    ("features", {"with": "built-in", "joins": [{"source": "weather", "on": ["country"]}],
                  "transforms": [{"kind": "scale", "columns": ["amount"]}]}),
])
def test_a_spec_without_data_is_told_so_once_and_not_by_every_kind(room, parameters):
    kind = REGISTRY.find(room, parameters.get("kind") or parameters["with"])
    assert [*kind.check(NO_DATA, parameters, ("somewhere",))] == []


def test_every_code_has_a_page_and_every_page_a_code():
    assert codes() == set(PAGES)


@pytest.mark.parametrize("code", sorted(PAGES))
def test_a_page_says_the_law_and_shows_right_and_wrong(code):
    law, *rest = PAGES[code].split("\n")
    assert law.endswith(".")
    assert [word for word in ("# wrong", "# right") if not any(word in line for line in rest)] == []


def codes() -> set[str]:
    modules = [importlib.import_module(module.name)
               for module in pkgutil.walk_packages(compiler.kinds.__path__, "compiler.kinds.")]
    return {value for module in modules for value in vars(module).values()
            if isinstance(value, str) and CODE.fullmatch(value)}
