"""One task for many items: withItems, withParam, withSequence."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from compiler.local.engine.conditions import holds
from compiler.local.engine.expressions import ExpressionError
from compiler.local.engine.tags import UnresolvedError, replaced, resolved

FIELDS = ("withItems", "withParam", "withSequence")


class ItemsError(Exception):
    """What the items are taken from is no list."""


def expands(task: Mapping[str, Any]) -> bool:
    """Tell whether a task is one for many items."""
    return any(task.get(field) for field in FIELDS)


def tasks_of(task: Mapping[str, Any], values: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the task once for each item, named and with its tags replaced; the task itself where there are no items."""
    if not expands(task):
        yield replaced(task, values)
        return
    plain = {key: value for key, value in task.items() if key not in FIELDS}
    try:
        items = _items(task, values)
    except (ValueError, TypeError) as failure:
        if _runs(plain, values):
            raise ItemsError(f"the items of `{task['name']}` are no list: {failure}") from None
        items = []
    for index, item in enumerate(items):
        yield _one(plain, index, item, values)


def _one(task: Mapping[str, Any], index: int, item: Any, values: Mapping[str, str]) -> dict[str, Any]:
    known = {**values, "item": _text(item)}
    if isinstance(item, Mapping):
        known |= {f"item.{key}": _text(value) for key, value in item.items()}
    replace = resolved if _runs(task, known) else replaced
    one: dict[str, Any] = replace(task, known)
    return one | {"name": f"{task['name']}({index}:{_label(item)})"}


def _runs(task: Mapping[str, Any], values: Mapping[str, str]) -> bool:
    try:
        return holds(replaced(task.get("when") or "", values))
    except ExpressionError:
        return True


def _items(task: Mapping[str, Any], values: Mapping[str, str]) -> list[Any]:
    if task.get("withItems"):
        items: list[Any] = replaced(task["withItems"], values)
        return items
    if task.get("withParam"):
        parsed = json.loads(replaced(task["withParam"], values))
        if not isinstance(parsed, list):
            raise TypeError(f"met {type(parsed).__name__}")
        return parsed
    return _sequence(replaced(task["withSequence"], values))


def _sequence(sequence: Mapping[str, Any]) -> list[str]:
    start = int(sequence.get("start", 0))
    if "end" in sequence:
        end = int(sequence["end"])
    elif int(sequence["count"]) == 0:
        return []
    else:
        end = start + int(sequence["count"]) - 1
    numbers = range(start, end + 1) if start <= end else range(start, end - 1, -1)
    form = sequence.get("format") or "%d"
    return [form % number for number in numbers]


def _text(item: Any) -> str:
    return item if isinstance(item, str) else json.dumps(item, separators=(",", ":"), ensure_ascii=False)


def _label(item: Any) -> str:
    """Return what stands for an item in the name of its node: Go's way to print it, without brackets."""
    if isinstance(item, Mapping):
        text = ",".join(sorted(f"{key}:{_text(value)}" for key, value in item.items()))
    elif isinstance(item, list):
        text = "[" + " ".join(_text(one) for one in item) + "]"
    else:
        text = _text(item)
    return text.replace("(", "").replace(")", "")


__all__ = ["FIELDS", "ItemsError", "UnresolvedError", "expands", "tasks_of"]
