"""Rendered objects before and after: which come, change, go or stay, and each field that differs with its cause."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from compiler.artifact.artifact import Artifact, Manifest
from compiler.change.leaves import Leaf, leaves
from compiler.change.sides import Pair, Side
from compiler.records import NamedTuple
from compiler.source.path import FieldPath

Action = Literal["add", "change", "delete", "unchanged"]
ACTIONS: tuple[Action, ...] = ("add", "change", "delete", "unchanged")
FILE = "file"
_DOCUMENT = "{"


class Field(NamedTuple):
    """A field that differs; `cause` is the place of the spec that it comes from."""

    path: FieldPath
    old: Any
    new: Any
    cause: FieldPath


class ObjectChange(NamedTuple):
    """What becomes of one object, or of a text file (kind `file`); `origin` is the place that asked for it."""

    action: Action
    file: str
    kind: str
    namespace: str
    name: str
    origin: FieldPath
    fields: tuple[Field, ...] = ()


_Key = tuple[str, str, str, str]


def compare_objects(pair: Pair) -> tuple[ObjectChange, ...]:
    """Return what becomes of every object of a pair, in the order of their names."""
    compared = compare_artifacts(_by_key(pair.before), _by_key(pair.after))
    if pair.before is None or pair.after is None:
        return compared
    differing = tuple(leaves(pair.before.spec, pair.after.spec))
    return tuple(one._replace(fields=tuple(_narrowed(field, differing) for field in one.fields)) for one in compared)


def deleted_objects(pair: Pair) -> tuple[ObjectChange, ...]:
    """Return the Kubernetes objects that only the earlier side has."""
    before, after = _by_key(pair.before), _by_key(pair.after)
    return tuple(_compared(key, before[key], None) for key in sorted(before.keys() - after.keys()) if key[0] != FILE)


def compare_artifacts(before: Mapping[_Key, Artifact], after: Mapping[_Key, Artifact]) -> tuple[ObjectChange, ...]:
    """Return what becomes of every artifact."""
    return tuple(_compared(key, before.get(key), after.get(key)) for key in sorted({*before, *after}))


def keyed(artifacts: tuple[Artifact, ...]) -> dict[_Key, Artifact]:
    """Return artifacts by what they are called."""
    return {_key(artifact): artifact for artifact in artifacts}


def _narrowed(field: Field, differing: tuple[Leaf, ...]) -> Field:
    """Return the field with the one value of the spec that changed as it did for its cause, where there is one."""
    same = [leaf.path for leaf in differing if (leaf.old, leaf.new) == (field.old, field.new)]
    return field._replace(cause=same[0]) if len(same) == 1 else field


def _by_key(side: Side | None) -> dict[_Key, Artifact]:
    return keyed(side.artifacts) if side else {}


def _key(artifact: Artifact) -> _Key:
    if isinstance(artifact, Manifest):
        _, kind, namespace, name = artifact.identity
        return kind, namespace, name, f"{artifact.concern}.yaml"
    return FILE, "", artifact.path, artifact.path


def _compared(key: _Key, before: Artifact | None, after: Artifact | None) -> ObjectChange:
    kind, namespace, name, file = key
    there = after or before
    assert there is not None
    made = ObjectChange("unchanged", file, kind, namespace, name, there.origin)
    if before is None or after is None:
        return made._replace(action="add" if before is None else "delete")
    fields = tuple(_fields(before, after))
    return made._replace(action="change", fields=fields) if fields else made


def _fields(before: Artifact, after: Artifact) -> Iterator[Field]:
    if not isinstance(before, Manifest) or not isinstance(after, Manifest):
        old, new = _content(before), _content(after)
        if old != new:
            yield Field((), "other lines", "these lines", after.origin)
        return
    if before.body == after.body and list(before.body) == list(after.body):
        return
    for leaf in leaves(before.body, after.body):
        for inner in _inside(leaf):
            yield Field(inner.path, inner.old, inner.new, _cause(before, after, leaf.path))


def _content(artifact: Artifact) -> Any:
    return artifact.body if isinstance(artifact, Manifest) else artifact.text


def _inside(leaf: Leaf) -> Iterator[Leaf]:
    """Look into a text that is a JSON document on both sides, as a plan file in a ConfigMap is."""
    old, new = _document(leaf.old), _document(leaf.new)
    if old is None or new is None:
        yield leaf
    else:
        yield from (found._replace(path=leaf.path + found.path) for found in leaves(old, new))


def _document(value: Any) -> Any:
    if not isinstance(value, str) or not value.startswith(_DOCUMENT):
        return None
    try:
        return json.loads(value)
    except ValueError:
        return None


def _cause(before: Manifest, after: Manifest, path: FieldPath) -> FieldPath:
    return after.cause(path) or before.cause(path)
