"""Read `waivers.yaml`.

```yaml
waivers:
  - rule: release/gradual-rollout
    project: employment
    path: deployment.strategy
    owner: labour-statistics
    reason: one replica until the new cluster is there
    expires: 2027-01-31
```
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.records import NamedTuple
from compiler.source.document import Document, Span
from compiler.source.path import FieldPath, parse_dotted

FILE = "waivers.yaml"
MALFORMED = "waivers/malformed"
_KEYS = ("rule", "project", "path", "owner", "reason", "expires")
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_RULE = re.compile(r"[a-z][a-z0-9-]*/[a-z][a-z0-9-]*")
# What is wrong with policies, or with the engine, is no finding of a rule.
_UNWAIVABLE = "policy/"
_HELP = f"a waiver has {', '.join(_KEYS)}, and nothing else"


class Waiver(NamedTuple):
    """An exception from a rule, until a day that still counts."""

    rule: str
    project: str
    path: FieldPath
    owner: str
    reason: str
    expires: str
    span: Span


def read_waivers(document: Document) -> tuple[tuple[Waiver, ...], tuple[Diagnostic, ...]]:
    """Return the waivers of a file, or everything that is wrong with it and then none."""
    data = document.data
    entries = data.get("waivers") if isinstance(data, Mapping) else None
    if not isinstance(entries, list) or set(data) != {"waivers"}:
        return (), (_wrong(document, (), "this is no list of waivers", "write `waivers:` and a list below it"),)
    faults = [fault for index, entry in enumerate(entries) for fault in _faults(document, index, entry)]
    if faults:
        return (), tuple(faults)
    return tuple(_waiver(document, index, entry) for index, entry in enumerate(entries)), ()


def _waiver(document: Document, index: int, entry: Mapping[str, str]) -> Waiver:
    path = parse_dotted(entry["path"])
    assert path is not None
    return Waiver(entry["rule"], entry["project"], path, entry["owner"], entry["reason"], entry["expires"],
                  document.locate(("waivers", index)))


def _faults(document: Document, index: int, entry: Any) -> Iterator[Diagnostic]:
    at: FieldPath = ("waivers", index)
    if not isinstance(entry, Mapping) or set(entry) != set(_KEYS):
        yield _wrong(document, at, "the keys of this waiver are not those of one", _HELP)
        return
    for key in _KEYS:
        if not isinstance(entry[key], str) or not entry[key].strip():
            yield _wrong(document, (*at, key), f"`{key}` says nothing", _HELP)
            return
    if not _RULE.fullmatch(entry["rule"]) or entry["rule"].startswith(_UNWAIVABLE):
        yield _wrong(document, (*at, "rule"), "`rule` is no code of a policy", "`mlproject policy list` prints them")
    if not parse_dotted(entry["path"]):
        yield _wrong(document, (*at, "path"), "`path` is no place of a spec", "such as deployment.strategy")
    if not _DAY.fullmatch(entry["expires"]):
        yield _wrong(document, (*at, "expires"), "`expires` is no day", "such as 2027-01-31")


def _wrong(document: Document, path: FieldPath, message: str, help: str) -> Diagnostic:
    return error(MALFORMED, message, at=path, help=help)._replace(span=document.locate(path))
