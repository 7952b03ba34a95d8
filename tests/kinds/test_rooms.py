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
