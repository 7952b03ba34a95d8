"""Packs from folders: the built-in one, and the repository's own `policies/` beside it.

    policies/pack.json               {"minimum": 3, "denies": {...}}, optional
    policies/NOUN/RULE.rego          a policy; RULE_test.rego its tests
    policies/lib/NAME.rego           functions and rules that policies share
    policies/data/*.json|yaml        data: each top-level key is `data.KEY`

A repository's data is laid over the built-in data: mappings merge, null removes, anything else replaces.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from stat import S_ISREG
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy.faults import fault
from compiler.policy.interface import TEST_SUFFIX, Input, Pack, Packs

BUILT_IN = "built-in"
POLICIES = "policies"
DATA = "data"
MANIFEST = "pack.json"
MAX_BYTES = 1024 * 1024
_HERE = os.path.dirname(os.path.abspath(__file__))


def built_in_folder() -> str:
    """Return the folder of the built-in pack: inside the wheel, or `policies/` of our own repository."""
    shipped = os.path.join(_HERE, "pack")
    return shipped if os.path.isdir(shipped) else os.path.join(os.path.dirname(os.path.dirname(_HERE)), POLICIES)


def read_packs(root: str) -> Packs:
    """Return the built-in pack and that of the repository at root, without tests."""
    return _read_both(root, _is_rule)


def read_packs_at(root: str, own: str) -> Packs:
    """Return the packs of the repository at root with its own pack taken from another folder: one revision of it."""
    return _read_both(root, _is_rule, own)


def read_tables(root: str, own: str) -> Packs:
    """Return what `read_packs_at` does with data alone."""
    return _read_both(root, lambda _name: False, own)


def read_packs_with_tests(root: str) -> Packs:
    """Return the built-in pack and that of the repository at root, tests included."""
    return _read_both(root, _is_rego)


def read_pack_with_tests(folder: str, name: str) -> Pack:
    """Return one pack, tests included; what cannot be read is left out."""
    return _read_pack(folder, name, _is_rego, [])


def merged_data(packs: Sequence[Pack]) -> dict[str, Any]:
    """Return the data of all packs, later ones laid over earlier ones."""
    merged: dict[str, Any] = {}
    for pack in packs:
        _lay_over(merged, pack.data)
    return merged


def _read_both(root: str, is_wanted: Callable[[str], bool], own: str = "") -> Packs:
    built_in, place = built_in_folder(), os.path.join(root, POLICIES)
    own = own or place
    faults: list[Diagnostic] = []
    if os.path.realpath(place) == os.path.realpath(built_in):
        return Packs((_read_pack(own, POLICIES, is_wanted, faults),), tuple(faults))
    packs = [_read_pack(built_in, BUILT_IN, is_wanted, faults)]
    if os.path.lexists(own):
        packs.append(_read_pack(own, POLICIES, is_wanted, faults))
    return Packs(tuple(packs), tuple(faults))


def _is_rego(name: str) -> bool:
    return name.endswith(".rego")


def _is_rule(name: str) -> bool:
    return name.endswith(".rego") and not name.endswith(TEST_SUFFIX)


def _read_pack(folder: str, name: str, is_wanted: Callable[[str], bool], faults: list[Diagnostic]) -> Pack:
    files: dict[str, str] = {}
    data: dict[str, Any] = {}
    for path, shown in _files(folder, name):
        if is_wanted(path):
            text = _read(path, shown, faults)
            if text is not None:
                files[shown] = text
        elif path.endswith((".json", ".yaml", ".yml")) and os.path.dirname(path) == os.path.join(folder, DATA):
            _add_data(data, _parse(path, shown, faults), shown, faults)
    minimum, denies = _manifest(os.path.join(folder, MANIFEST), f"{name}/{MANIFEST}", faults)
    return Pack(name, files, data, minimum, denies)


def _files(folder: str, name: str) -> Iterator[tuple[str, str]]:
    try:
        nouns = sorted(entry.name for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False))
    except OSError:
        return
    for noun in nouns:
        if not noun.startswith("."):
            for file in sorted(os.listdir(os.path.join(folder, noun))):
                yield os.path.join(folder, noun, file), f"{name}/{noun}/{file}"


def _read(path: str, shown: str, faults: list[Diagnostic]) -> str | None:
    try:
        # What a link leads to may change after the review; a pipe would never end.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            state = os.fstat(descriptor)
            # One byte more than there should be; the room for a megabyte costs more than the reading.
            content = os.read(descriptor, min(state.st_size, MAX_BYTES) + 1) if S_ISREG(state.st_mode) else None
        finally:
            os.close(descriptor)
        if content is not None and len(content) <= MAX_BYTES:
            return content.decode("utf-8")
        reason = "is no regular file" if content is None else f"is larger than {MAX_BYTES} bytes"
    except UnicodeDecodeError:
        reason = "is not UTF-8"
    except OSError as failure:
        reason = f"cannot be read: {os.strerror(failure.errno or 0).lower()}"
    faults.append(fault("unreadable", f"the file {reason}", file=shown, help="policies are regular UTF-8 files"))
    return None


def _parse(path: str, shown: str, faults: list[Diagnostic]) -> Mapping[str, Any]:
    text = _read(path, shown, faults)
    if text is None:
        return {}
    content = _parse_json(text, shown, faults) if path.endswith(".json") else _parse_yaml(text, shown, faults)
    if isinstance(content, Mapping):
        return content
    if content is not None:
        faults.append(fault("bad-data", "data is a mapping, expected keys at the top", file=shown,
                            help="each top-level key becomes `data.KEY`"))
    return {}


def _parse_json(text: str, shown: str, faults: list[Diagnostic]) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as failure:
        line, column = getattr(failure, "lineno", 1), getattr(failure, "colno", 1)
        faults.append(fault("bad-data", "the file is not JSON", file=shown, line=line, column=column,
                            help="write it as JSON, or name it .yaml"))
        return None


def _parse_yaml(text: str, shown: str, faults: list[Diagnostic]) -> Any:
    from compiler.source.read import read

    document, problems = read(text.encode(), shown)
    faults.extend(problems)
    return None if document is None else document.data


def _add_data(data: dict[str, Any], added: Mapping[str, Any], shown: str, faults: list[Diagnostic]) -> None:
    for key, value in added.items():
        if key in data:
            faults.append(fault("bad-data", f"`{key}` is in another data file too", file=shown,
                                help="keep each top-level key in one file"))
        data[key] = value


def _manifest(path: str, shown: str, faults: list[Diagnostic]) -> tuple[int, Mapping[str, Input]]:
    content = _parse(path, shown, faults) if os.path.lexists(path) else {}
    minimum, denies = content.get("minimum", 0), content.get("denies", {})
    if type(minimum) is int and isinstance(denies, Mapping) and all(isinstance(one, Mapping)
                                                                    for one in denies.values()):
        return minimum, denies
    faults.append(fault("bad-data", "`minimum` is a number and `denies` maps a stage to an input", file=shown,
                        help="see docs/policies/README.md"))
    return 0, {}


def _lay_over(below: dict[str, Any], above: Mapping[str, Any]) -> None:
    for key, value in above.items():
        if value is None:
            below.pop(key, None)
        elif isinstance(value, Mapping):
            member = below.get(key)
            below[key] = member = dict(member) if isinstance(member, Mapping) else {}
            _lay_over(member, value)
        else:
            below[key] = value
