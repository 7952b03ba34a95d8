"""Round trips through ruamel.yaml that lose no comment.

ruamel keeps what stands between two entries (blank lines, comments of the next one) as a part of the last
scalar of the first.  Whoever adds a key behind that scalar would tear the comment from what it speaks of, so
it is taken off before an edit and put back behind whatever is last then.
"""

import io
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import CommentMark
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString
from ruamel.yaml.tokens import CommentToken

_INDENT = re.compile(r"^(?:[^\s#:]+|\"[^\"]*\"):[^\S\n]*(?:#[^\n]*)?\n(?:[^\S\n]*(?:#[^\n]*)?\n)*( +)[^\s#]",
                     re.MULTILINE)
# What every YAML reader takes for a string without quotes.
_PLAIN = re.compile(r"[a-z][a-z0-9]*[:/._-][A-Za-z0-9./_-][A-Za-z0-9./:_-]*|pass|stop")
_WIDEST = 1 << 20
_POST = 2
"""Where ruamel keeps the comment behind a value."""


def load(text: str) -> CommentedMap:
    """Return the mapping that text holds, with its comments and quotes."""
    loaded: CommentedMap = _reader(text).load(text)
    return loaded


def dump(data: CommentedMap, like: str) -> str:
    """Return the text of data, indented as `like` is."""
    stream = io.StringIO()
    _reader(like).dump(data, stream)
    return stream.getvalue()


def fill(entry: CommentedMap, wanted: Mapping[str, Any]) -> None:
    """Make a mapping hold exactly what is wanted: keys that stay keep their place, comment and quotes."""
    tail = take_tail(entry)
    for key in [key for key in entry if key not in wanted]:
        drop(entry, key)
    for key, value in wanted.items():
        if key not in entry or entry[key] != value:
            entry[key] = _node(value, entry.get(key))
    put_tail(entry, tail)


def drop(mapping: CommentedMap, key: str) -> None:
    """Remove a key, but not what stands behind it."""
    before = list(mapping)[list(mapping).index(key) - 1] if next(iter(mapping)) != key else None
    single = CommentedMap({key: mapping[key]})
    single.ca.items.update({key: mapping.ca.items[key]} if key in mapping.ca.items else {})
    tail = take_tail(single)
    del mapping[key]
    mapping.ca.items.pop(key, None)
    if before is not None and tail:
        put_tail(mapping, tail, before)


def take_tail(mapping: CommentedMap) -> str:
    """Take off what stands behind the last line of a mapping: blank lines, and comments of what follows."""
    place = _last_leaf(mapping)
    comments = place[0].ca.items.get(place[1]) if place else None
    if not comments or comments[_POST] is None:
        return ""
    line, _, tail = comments[_POST].value.partition("\n")
    comments[_POST] = _token(line + "\n", comments[_POST]) if line else None
    return str(tail)


def put_tail(mapping: CommentedMap, tail: str, key: str | None = None) -> None:
    """Put back what `take_tail` took, behind what is last now, or behind the value of a key."""
    place = _last_leaf(mapping, key)
    if not tail or place is None:
        return
    comments = place[0].ca.items.setdefault(place[1], [None, None, None, None])
    old = comments[_POST]
    comments[_POST] = _token((old.value if old is not None else "\n") + tail, old)


def _last_leaf(mapping: CommentedMap, key: str | None = None) -> tuple[CommentedMap, str] | None:
    if not mapping:
        return None
    last = key if key is not None else list(mapping)[-1]
    inner = mapping[last]
    if isinstance(inner, CommentedMap) and inner and not inner.fa.flow_style():
        return _last_leaf(inner)
    return mapping, last


def _token(text: str, like: CommentToken | None) -> CommentToken:
    return CommentToken(text, like.start_mark if like is not None else CommentMark(0), None)


def _node(value: Any, old: Any) -> Any:
    """Return value as ruamel writes it: in the quotes of what stood there, else quoted unless nobody can misread it."""
    if isinstance(value, CommentedMap):
        take_tail(value)
        return value
    if isinstance(value, Mapping):
        inner = CommentedMap()
        for key, item in value.items():
            inner[key] = _node(item, None)
        if isinstance(old, CommentedMap) and old.fa.flow_style():
            inner.fa.set_flow_style()
        return inner
    if isinstance(value, SingleQuotedScalarString | DoubleQuotedScalarString) or not isinstance(value, str):
        return value
    if isinstance(old, SingleQuotedScalarString):
        return SingleQuotedScalarString(value)
    if isinstance(old, DoubleQuotedScalarString) or not _PLAIN.fullmatch(value):
        return DoubleQuotedScalarString(value)
    return value


def _reader(text: str) -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDEST
    found = _INDENT.search(text)
    indent = len(found[1]) if found else 2
    yaml.indent(mapping=indent, sequence=indent + 2, offset=indent)
    yaml.explicit_start = text.startswith("---")
    return yaml
