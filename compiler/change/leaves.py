"""What differs between two trees of plain data, value by value, and how a value is shown."""

from collections.abc import Iterator, Mapping
from typing import Any

from compiler.diagnostics.redact import is_sensitive, redact_line
from compiler.diagnostics.visible import visible
from compiler.records import NamedTuple
from compiler.source.path import FieldPath, dotted
from compiler.spec.layers import ABSENT

LONGEST = 80


class Leaf(NamedTuple):
    """A value that differs; ABSENT where one side has none."""

    path: FieldPath
    old: Any
    new: Any

    @property
    def words(self) -> str:
        """Return the difference in words: `training.seed` 0 -> 7."""
        return f"`{visible(dotted(self.path))}` {arrow(self.old, self.new, self.path)}"


def leaves(old: Any, new: Any, path: FieldPath = ()) -> Iterator[Leaf]:
    """Yield the differing values in the order of their keys; lists of other lengths differ as a whole."""
    if old is new or (isinstance(old, (Mapping, list, tuple)) and old == new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted({*old, *new}):
            yield from leaves(old.get(key, ABSENT), new.get(key, ABSENT), (*path, key))
    elif _is_list(old) and _is_list(new) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from leaves(one, other, (*path, index))
    elif type(old) is not type(new) or old != new:
        yield Leaf(path, old, new)


def arrow(old: Any, new: Any, path: FieldPath = ()) -> str:
    """Return two values in words, secrets masked: `10 -> 25`."""
    return f"{shown(old, path)} -> {shown(new, path)}"


def shown(value: Any, path: FieldPath = ()) -> str:
    """Return a value as a person may be shown it: short, on one line, and never a secret."""
    if value is ABSENT or value is None:
        return "none"
    if isinstance(value, Mapping):
        return _short(
            "{"
            + ", ".join(f"{visible(str(key))}: {shown(member, (*path, key))}" for key, member in value.items())
            + "}"
        )
    if _is_list(value):
        return _short("[" + ", ".join(shown(member, path) for member in value) + "]")
    if isinstance(value, bool):
        return "true" if value else "false"
    return _short(_text(str(value), path)) if isinstance(value, str) else str(value)


def _text(value: str, path: FieldPath) -> str:
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if is_sensitive(key) and value and not value.startswith("secret://"):
        return "***"
    return visible(redact_line(value)) if value else '""'


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 4]} ..."
