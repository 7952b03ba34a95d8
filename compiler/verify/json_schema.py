"""Check plain data against a JSON Schema: the subset that Kubernetes structural schemas use.

Two answers differ from the specification on purpose.  A float is never an
integer, not even 1.0: Go decodes no float into an int32.  And a `pattern` is
RE2's, as the API server reads it (see `compiler.verify.patterns`).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from compiler.records import NamedTuple
from compiler.source.path import FieldPath
from compiler.verify.json_values import (
    PYTHON_TYPES,
    array_length,
    is_array,
    is_object,
    number,
    object_length,
    same,
    text_length,
    types_of,
)
from compiler.verify.patterns import compiled

Schema = Mapping[str, Any] | bool
Violation = tuple[FieldPath, str]


class _Run(NamedTuple):
    definitions: Mapping[str, Schema]
    found: list[Violation]


# What half of all values are held to: those need no walk.
_ANY_TEXT, _SOME_TEXT = {"type": "string"}, {"type": "string", "minLength": 1}
_PRESERVE = "x-kubernetes-preserve-unknown-fields"
_Keyword = Callable[[Any, Any, Mapping[str, Any], FieldPath, _Run], None]
_python_type = PYTHON_TYPES.get


def violations(schema: Mapping[str, Any], value: Any) -> list[Violation]:
    """Return the place inside value and the reason of everything that schema refuses.

    Values are never echoed, only keys, types and numbers: a value may be a secret.
    """
    run = _Run(schema.get("$defs", {}), [])
    _check(schema, value, (), run)
    return run.found


def _check(schema: Schema, value: Any, path: FieldPath, run: _Run) -> None:
    if schema is True or schema is False:
        if not schema:
            run.found.append((path, "nothing may stand here"))
        return
    kind = type(value)
    for keyword, bound in schema.items():
        # Nearly every value of a manifest has the one type that it must have: no call for those.
        if keyword == "type" and type(bound) is str and kind is _python_type(bound):
            continue
        check = _check_of(keyword)
        if check is not None:
            check(bound, value, schema, path, run)


def _accepts(schema: Schema, value: Any, path: FieldPath, run: _Run) -> bool:
    trial = _Run(run.definitions, [])
    _check(schema, value, path, trial)
    return not trial.found


def _ref(bound: str, value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    _check(run.definitions[bound.removeprefix("#/$defs/")], value, path, run)


def _type(bound: str | Sequence[str], value: Any, schema: Mapping[str, Any],
          path: FieldPath, run: _Run) -> None:
    names = types_of(value)
    wanted = (bound,) if isinstance(bound, str) else bound
    if not any(name in wanted for name in names):
        run.found.append((path, f"met {names[0]}, expected {' or '.join(wanted)}"))


def _int_or_string(bound: bool, value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    if bound and type(value) is not int and not isinstance(value, str):
        run.found.append((path, f"met {types_of(value)[0]}, expected integer or string"))


def _properties(bound: Mapping[str, Schema], value: Any, schema: Mapping[str, Any],
                path: FieldPath, run: _Run) -> None:
    if type(value) is not dict and not is_object(value):
        return
    is_closed = schema.get("additionalProperties") is False and not schema.get(_PRESERVE)
    for key, item in value.items():
        inner = bound.get(key)
        if inner is not None:
            if type(item) is not str or not (inner == _ANY_TEXT or (item and inner == _SOME_TEXT)):
                _check(inner, item, (*path, key), run)
        elif is_closed:
            run.found.append(((*path, key), "unknown field"))


def _additional(bound: Schema, value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    if bound is False and "properties" in schema:
        # `_properties` has refused them already, in the same walk.
        return
    if not is_object(value) or bound is True or schema.get(_PRESERVE):
        return
    known: Mapping[str, Schema] = schema.get("properties", {})
    for key, item in value.items():
        if key not in known:
            _check_other(bound, item, (*path, key), run)


def _check_other(bound: Schema, value: Any, path: FieldPath, run: _Run) -> None:
    if bound is False:
        run.found.append((path, "unknown field"))
    else:
        _check(bound, value, path, run)


def _property_names(bound: Schema, value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    if is_object(value):
        for key in value:
            if not _accepts(bound, key, path, run):
                run.found.append(((*path, key), "this key is not allowed"))


def _required(bound: Sequence[str], value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    if type(value) is dict or is_object(value):
        for name in bound:
            if name not in value:
                run.found.append((path, f"`{name}` is missing"))


def _items(bound: Schema, value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    if is_array(value):
        for index, item in enumerate(value):
            _check(bound, item, (*path, index), run)


def _enum(bound: Sequence[Any], value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    if not any(same(value, allowed) for allowed in bound):
        run.found.append((path, "expected one of " + ", ".join(f"`{allowed}`" for allowed in bound)))


def _const(bound: Any, value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    if not same(value, bound):
        run.found.append((path, f"expected `{bound}`"))


def _pattern(bound: str, value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    if isinstance(value, str) and not compiled(bound).search(value):
        run.found.append((path, f"does not match `{bound}`"))


def _limit(measure: Callable[[Any], int | float | None], refuses: Callable[[Any, Any], bool], words: str) -> _Keyword:
    def check(bound: Any, value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
        size = measure(value)
        if size is not None and refuses(size, bound):
            run.found.append((path, f"met {size}, expected {words} {bound}"))
    return check


_too_short = _limit(text_length, lambda size, bound: size < bound, "a length of at least")


def _min_length(bound: Any, value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    # Most texts must hold something, and do.
    if type(value) is not str or len(value) < bound:
        _too_short(bound, value, schema, path, run)


def _unique_items(bound: bool, value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    if bound and is_array(value):
        _report_repeats(value, path, run, "repeats an earlier item")


def _list_type(bound: str, value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    if not is_array(value):
        return
    if bound == "set":
        _report_repeats(value, path, run, "repeats an earlier item")
    elif bound == "map":
        keys = schema.get("x-kubernetes-list-map-keys", ())
        identities = [[item.get(key) if is_object(item) else None for key in keys] for item in value]
        _report_repeats(identities, path, run, f"repeats the {' and '.join(keys)} of an earlier item")


def _report_repeats(items: Sequence[Any], path: FieldPath, run: _Run, message: str) -> None:
    for index, item in enumerate(items):
        if any(same(item, earlier) for earlier in items[:index]):
            run.found.append(((*path, index), message))


def _all_of(bound: Sequence[Schema], value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    for inner in bound:
        _check(inner, value, path, run)


def _any_of(bound: Sequence[Schema], value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    if not any(_accepts(inner, value, path, run) for inner in bound):
        run.found.append((path, f"expected at least one of {_names(bound)}"))


def _one_of(bound: Sequence[Schema], value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    if sum(_accepts(inner, value, path, run) for inner in bound) != 1:
        run.found.append((path, f"expected exactly one of {_names(bound)}"))


def _not(bound: Schema, value: Any, schema: Mapping[str, Any], path: FieldPath, run: _Run) -> None:
    if _accepts(bound, value, path, run):
        run.found.append((path, "has a form that is not allowed here"))


def _names(alternatives: Sequence[Schema]) -> str:
    """Return the fields that the alternatives ask for, or their number."""
    names = [alternative.get("required") for alternative in alternatives if isinstance(alternative, Mapping)]
    if len(names) == len(alternatives) and all(names):
        return ", ".join(" with ".join(f"`{name}`" for name in group) for group in names if group)
    return f"{len(alternatives)} forms"


_KEYWORDS: Mapping[str, _Keyword] = {
    "$ref": _ref, "type": _type, "enum": _enum, "const": _const,
    "properties": _properties, "additionalProperties": _additional, "required": _required,
    "propertyNames": _property_names, "items": _items, "uniqueItems": _unique_items,
    "pattern": _pattern,
    "minimum": _limit(number, lambda size, bound: size < bound, "at least"),
    "maximum": _limit(number, lambda size, bound: size > bound, "at most"),
    "exclusiveMinimum": _limit(number, lambda size, bound: size <= bound, "more than"),
    "exclusiveMaximum": _limit(number, lambda size, bound: size >= bound, "less than"),
    "minLength": _min_length,
    "maxLength": _limit(text_length, lambda size, bound: size > bound, "a length of at most"),
    "minItems": _limit(array_length, lambda size, bound: size < bound, "a number of items of at least"),
    "maxItems": _limit(array_length, lambda size, bound: size > bound, "a number of items of at most"),
    "minProperties": _limit(object_length, lambda size, bound: size < bound, "a number of fields of at least"),
    "maxProperties": _limit(object_length, lambda size, bound: size > bound, "a number of fields of at most"),
    "allOf": _all_of, "anyOf": _any_of, "oneOf": _one_of, "not": _not,
    "x-kubernetes-int-or-string": _int_or_string, "x-kubernetes-list-type": _list_type,
}

_check_of = _KEYWORDS.get

# What stands in a schema and checks nothing by itself.
NOTES = frozenset({
    "$defs", "$schema", "default", "description", "format", "title", "x-definitions",
    "x-kubernetes-list-map-keys", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-validations",
})
KNOWN_KEYWORDS = NOTES | _KEYWORDS.keys()
