"""Known attacks, one file each: refused for the named reason, or read as data."""

import os

import pytest

from compiler.source.read import UNSAFE, read

FOLDER = os.path.join(os.path.dirname(__file__), "..", "..", "hostile", "yaml")
ATTACKS = sorted(name for name in os.listdir(FOLDER) if name.endswith(".yaml"))
MERELY_WRONG = {"source/syntax", "source/not-finite", "source/number-range"}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack(name):
    expected = name.split(".")[-2]
    with open(os.path.join(FOLDER, name), "rb") as stream:
        document, problems = read(stream.read(), name)
    if expected == "ok":
        assert document is not None
        assert problems == ()
        return
    assert document is None
    assert f"source/{expected}" == problems[0].code
    assert all((problem.code in UNSAFE) != (problem.code in MERELY_WRONG) for problem in problems[:50])


@pytest.mark.parametrize(("name", "data"), [
    ("norway.ok.yaml", {"countries": ["DE", "no", "FR"]}),
    ("octal-file-mode.ok.yaml", {"mode": 644}),
    ("sexagesimal-time.ok.yaml", {"at": "12:30:45"}),
    ("pyyaml-impossible-date.ok.yaml", {"day": "2024-99-99"}),
    ("pyyaml-860-exponent-namespace.ok.yaml", {"namespace": 18371e12, "quoted": "18371e12"}),
])
def test_types_are_those_of_yaml_1_2(name, data):
    with open(os.path.join(FOLDER, name), "rb") as stream:
        document, _ = read(stream.read(), name)
    assert document.data == data


def test_there_are_attacks():
    assert len(ATTACKS) >= 40
