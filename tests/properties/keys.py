"""Every key of every example, and the slips of a finger that turn it into another word."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from compiler.source.document import Span
from compiler.source.path import FieldPath
from compiler.source.read import read
from tests.repositories import ROOT

SPECS = ROOT / "specs"
FILES = [
    *sorted(SPECS.glob("*/mlproject.yaml")),
    *sorted(SPECS.glob("*/mlproject.lock")),
    SPECS / "defaults.yaml",
]


class Key(NamedTuple):
    """A key of a file: the path that ends in it, where it stands, and the other keys of its mapping."""

    path: FieldPath
    span: Span
    siblings: frozenset[str]

    @property
    def name(self) -> str:
        """Return the key itself."""
        return str(self.path[-1])

    @property
    def is_free(self) -> bool:
        """Tell whether the author of the spec makes this key up: nobody can say that it is misspelt."""
        above = self.path[:-1]
        return above[-1:] == ("columns",) or above == ("environments",) or above[-1:] == ("rule_labels",)


def keys_of(file: Path) -> list[Key]:
    """Return every key of a file, first to last."""
    document, problems = read(file.read_bytes(), str(file))
    assert document is not None, problems
    spans = sorted(document.key_spans.items(), key=lambda entry: (entry[1].line, entry[1].column))
    return [Key(path, span, frozenset(_members(document.key_spans, path))) for path, span in spans]


def slips(key: str, turn: int) -> Iterator[str]:
    """Yield the key with a letter missing, two swapped, one too many; which letters, `turn` decides."""
    at = turn % len(key)
    yield key[:at] + key[at + 1 :]
    if len(key) > 1:
        at = turn % (len(key) - 1)
        yield key[:at] + key[at + 1] + key[at] + key[at + 2 :]
    at = turn % (len(key) + 1)
    yield f"{key[:at]}x{key[at:]}"


def with_key(text: str, key: Key, other: str) -> str:
    """Return the text of a file with another word in the place of a key."""
    lines = text.split("\n")
    line, start = lines[key.span.line - 1], key.span.column - 1
    assert line[start : start + len(key.name)] == key.name
    lines[key.span.line - 1] = line[:start] + other + line[start + len(key.name) :]
    return "\n".join(lines)


def _members(spans: object, path: FieldPath) -> Iterator[str]:
    assert isinstance(spans, dict)
    return (str(other[-1]) for other in spans if other[:-1] == path[:-1] and other != path)
