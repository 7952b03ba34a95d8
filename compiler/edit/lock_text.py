"""`mlproject.lock` as text: pin, restore, freeze, lift. What an edit does not speak of keeps every byte."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from compiler.source.read import read

if TYPE_CHECKING:
    from ruamel.yaml.comments import CommentedMap

NEW_LOCK = """\
# Which model each environment serves. Promotion and rollback alone edit this file.
apiVersion: mlproject.dev/v1alpha1
kind: MLProjectLock
environments: {}
"""


class EditError(Exception):
    """An edit said something else than it was meant to: a bug of ours, and nothing is written."""


def pin(text: str, environment: str, model: Mapping[str, Any]) -> str:
    """Return the lock with another model for an environment."""
    return _edited(text, lambda lock: _set(lock, "environments", environment, model),
                   lambda data: data["environments"].update({environment: model}))


def restore(text: str, environment: str, earlier: str) -> str:
    """Return the lock with the model that an earlier lock pinned for an environment, written as it was there."""
    from compiler.edit.roundtrip import load

    old = load(earlier)["environments"][environment]
    plain = read(earlier.encode(), "")[0]
    assert plain is not None
    model = plain.data["environments"][environment]
    return _edited(text, lambda lock: _set(lock, "environments", environment, old),
                   lambda data: data["environments"].update({environment: model}))


def freeze(text: str, environment: str, said: Mapping[str, str]) -> str:
    """Return the lock with a freeze of an environment."""
    return _edited(text, lambda lock: _set(lock, "freezes", environment, said),
                   lambda data: data.setdefault("freezes", {}).update({environment: said}))


def lift(text: str, environment: str) -> str:
    """Return the lock without the freeze of an environment."""
    def change(lock: "CommentedMap") -> None:
        from compiler.edit.roundtrip import drop

        if len(lock["freezes"]) == 1:
            drop(lock, "freezes")
        else:
            drop(lock["freezes"], environment)

    def expected(data: dict[str, Any]) -> None:
        del data["freezes"][environment]
        if not data["freezes"]:
            del data["freezes"]

    return _edited(text, change, expected)


def _set(lock: "CommentedMap", section: str, environment: str, wanted: Mapping[str, Any]) -> None:
    from ruamel.yaml.comments import CommentedMap

    from compiler.edit.roundtrip import fill

    if section not in lock:
        lock[section] = CommentedMap()
    entries = lock[section]
    if not entries:
        entries.fa.set_block_style()
    if environment not in entries:
        entries[environment] = CommentedMap()
    fill(entries[environment], wanted)


def _edited(text: str, change: Callable[["CommentedMap"], None], expected: Callable[[dict[str, Any]], None]) -> str:
    """Edit, then read the result as a compile would: it says what was meant, and every comment is still there."""
    from compiler.edit.roundtrip import dump, load

    before, _ = read(text.encode(), "")
    if before is None:
        raise EditError("the lock cannot be read")
    wanted = before.data
    expected(wanted)
    lock = load(text)
    as_written = dump(lock, text)
    change(lock)
    edited = dump(lock, text)
    for candidate in (_spliced(text, as_written, edited), edited):
        after, _ = read(candidate.encode(), "")
        if after is not None and after.data == wanted and _comments(text) <= _comments(candidate):
            return candidate
    raise EditError("the edited lock does not say what was meant")


def _spliced(text: str, as_written: str, edited: str) -> str:
    """Return text with the lines that an edit changed: where ruamel has a layout of its own, text keeps its own."""
    from difflib import SequenceMatcher

    lines, old, new = text.splitlines(True), as_written.splitlines(True), edited.splitlines(True)
    if len(lines) != len(old):
        return edited
    found: list[str] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        found += lines[start:end] if tag == "equal" else new[new_start:new_end]
    return "".join(found)


def _comments(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines() if line.lstrip().startswith("#")}
