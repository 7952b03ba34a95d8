"""Without libyaml the reader is slower and says the same."""

import subprocess
import sys

import pytest

from compiler.source import libyaml, read


@pytest.fixture
def pure(monkeypatch):
    monkeypatch.setattr(libyaml, "HAS_LIBYAML", False)


def test_same_document(pure):
    text = b"a: 1\nb:\n  - {c: 'x', d: [1, 2]}\n  - |\n    y\ne:\n"
    slow, _ = read.read(text, "f")
    assert slow.data == {"a": 1, "b": [{"c": "x", "d": [1, 2]}, "y\n"], "e": None}
    assert slow.locate(("b", 0, "d", 1))[1:3] == (3, 21)


@pytest.mark.parametrize(("text", "code", "line"), [
    pytest.param("a: *x\n", "source/alias", 1, id="an alias"),
    pytest.param("b: 1\na: */5 * * * *\n", "source/syntax", 2, id="a cron line"),
    pytest.param("a: 1\na: 2\n", "source/duplicate-key", 2, id="a duplicate"),
    pytest.param("a: 'x\n", "source/syntax", 1, id="an open quote"),
    pytest.param("a: [1\n", "source/syntax", 1, id="an open bracket"),
    pytest.param("a:\n\t- b\n", "source/syntax", 2, id="a tab"),
    pytest.param("%TAG x\n---\n", "source/directive", 1, id="a directive"),
    pytest.param("a: !x!y z\n", "source/tag", 1, id="a tag"),
    pytest.param('a: "\\ud800"\n', "source/character", 1, id="half a surrogate pair"),
    pytest.param("[" * 200, "source/too-deep", 1, id="a deep list"),
])
def test_same_refusals(pure, text, code, line):
    document, problems = read.read(text.encode(), "f")
    assert document is None
    assert (problems[-1].code, problems[-1].span.line) == (code, line)


def test_reading_brings_no_constructor_and_is_in_nobodys_way():
    program = ("import sys\n"
               "from compiler.source.read import read\n"
               "document, _ = read(b'a: [1, x]', 'f')\n"
               "assert document.data == {'a': [1, 'x']}\n"
               "assert 'yaml' not in sys.modules and 'yaml.constructor' not in sys.modules\n"
               "assert read(b'a: [', 'f')[0] is None\n"
               "import yaml\n"
               "assert yaml.load('b: 2020-01-01', yaml.CSafeLoader)['b'].year == 2020\n"
               "assert read(b'a: [', 'f')[0] is None\n")
    subprocess.run([sys.executable, "-c", program], check=True)
