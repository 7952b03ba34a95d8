"""Our named tuples behave as Python's own do, in everything that the compiler uses."""

import copy
import typing
from typing import Any

import pytest

from compiler import records


def classes() -> dict[str, Any]:
    """Return the same class made by both, by the name of who made it."""
    made: dict[str, Any] = {}
    for name, kind in (("ours", records.NamedTuple), ("pythons", typing.NamedTuple)):
        class Place(kind):  # type: ignore[misc, valid-type]
            """Where something is."""

            file: str
            line: int = 1
            tags: tuple[str, ...] = ()

            @property
            def shown(self) -> str:
                """Return how it is printed."""
                return f"{self.file}:{self.line}"

        made[name] = Place
    return made


@pytest.mark.parametrize("seen", [
    pytest.param(lambda place: place("a", 2, ("x",)), id="by place"),
    pytest.param(lambda place: place("a"), id="defaults"),
    pytest.param(lambda place: place(tags=("x",), file="a"), id="by name, in any order"),
    pytest.param(lambda place: place("a", tags=("x",)), id="by both"),
    pytest.param(lambda place: place("a")._replace(line=7), id="replaced"),
    pytest.param(lambda place: place("a")._asdict(), id="as a dictionary"),
    pytest.param(lambda place: repr(place("a", 2)), id="as a person reads it"),
    pytest.param(lambda place: (place._fields, place._field_defaults, place.__match_args__, place.__slots__),
                 id="what a class says of itself"),
    pytest.param(lambda place: (place("b") < place("c"), place("b") == ("b", 1, ()), {place("b"): 1}[place("b")]),
                 id="compared, equal to a tuple, hashed"),
    pytest.param(lambda place: [*place("a")], id="unpacked"),
    pytest.param(lambda place: copy.deepcopy(place("a", 3)), id="copied"),
    pytest.param(lambda place: (place("a", 3).shown, place.__doc__, place.__name__, place.__qualname__),
                 id="members and names"),
])
def test_both_show_the_same(seen: Any) -> None:
    ours, pythons = (seen(place) for place in classes().values())
    assert ours == pythons


def test_a_pattern_takes_it_apart() -> None:
    for place in classes().values():
        match place("a", 5):
            case place("a", line):
                assert line == 5
            case _:
                pytest.fail("it did not match")


@pytest.mark.parametrize("wrong", [
    pytest.param(lambda place: place(), id="a value is missing"),
    pytest.param(lambda place: place("a", 1, (), 4), id="a value too many"),
    pytest.param(lambda place: place("a", colour=1), id="a name that it has not"),
    pytest.param(lambda place: place("a", file="b"), id="a value given twice"),
])
def test_both_refuse_the_same(wrong: Any) -> None:
    for place in classes().values():
        with pytest.raises(TypeError):
            wrong(place)


def test_values_cannot_be_set() -> None:
    for place in classes().values():
        with pytest.raises(AttributeError):
            place("a").line = 2
        with pytest.raises(AttributeError):
            place("a").other = 2
