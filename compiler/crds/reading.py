"""Read CustomResourceDefinitions from files, folders and standard input: single documents, many, or a List."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import yaml

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.records import NamedTuple
from compiler.source.document import Span

UNREADABLE = "crds/unreadable"
NOT_YAML = "crds/not-yaml"
NOTHING_FOUND = "crds/nothing-found"

STANDARD_INPUT: Final = "-"
_SUFFIXES: Final = (".yaml", ".yml", ".json")
_LISTS: Final = ("List", "CustomResourceDefinitionList")
DEPTH: Final = 250
_KIND: Final = "CustomResourceDefinition"


class Definition(NamedTuple):
    """One definition and the file that it was read from."""

    file: str
    body: Mapping[str, Any]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML's safe loader, which here also takes the bare `=` that some definitions have among their enums."""


_Loader.add_constructor("tag:yaml.org,2002:value", lambda loader, node: loader.construct_scalar(node))
# A definition holds no times; one that looks like one is a string.
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))


def read_definitions(paths: Sequence[str],
                     standard_input: bytes) -> tuple[tuple[Definition, ...], tuple[Diagnostic, ...]]:
    """Return every definition that paths hold; `-` means standard_input. Objects of other kinds are passed over."""
    definitions: list[Definition] = []
    faults: list[Diagnostic] = []
    for path in paths:
        count = len(definitions)
        for file, content in _contents(path, standard_input, faults):
            try:
                _check_events(content)
                documents = list(yaml.load_all(content, Loader=_Loader))
            except (yaml.YAMLError, UnicodeDecodeError, ValueError) as problem:
                faults.append(fault(NOT_YAML, file, "is not YAML that can be read", line=_line_of(problem)))
                continue
            definitions += [Definition(file, body) for document in documents for body in _definitions_in(document)]
        if count == len(definitions) and not faults:
            faults.append(fault(NOTHING_FOUND, path, f"holds no {_KIND}",
                                help="write them with `kubectl get crds -o yaml`"))
    return tuple(definitions), tuple(faults)


def _check_events(content: bytes) -> None:
    """Raise for what must not reach the composer: libyaml's ends the process on deep nesting, and aliases multiply."""
    depth = 0
    for event in yaml.parse(content, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH or isinstance(event, yaml.AliasEvent):
            # The mark of libyaml's events is a class of its own, with the same fields.
            raise yaml.MarkedYAMLError(problem_mark=event.start_mark)  # type: ignore[arg-type]


def fault(code: str, file: str, message: str, *, line: int = 1, help: str = "") -> Diagnostic:
    """Return an error about a file of definitions."""
    name = "standard input" if file == STANDARD_INPUT else file
    return error(code, message, at=(), help=help)._replace(span=Span(name, line, 1, line, 1))


def _contents(path: str, standard_input: bytes, faults: list[Diagnostic]) -> Iterator[tuple[str, bytes]]:
    if path == STANDARD_INPUT:
        yield path, standard_input
        return
    for file in _files_below(path):
        try:
            with open(file, "rb") as stream:
                yield file, stream.read()
        except OSError as problem:
            faults.append(fault(UNREADABLE, file, f"cannot be read: {problem.strerror}"))


def _files_below(path: str) -> tuple[str, ...]:
    if not os.path.isdir(path):
        return (path,)
    return tuple(sorted(os.path.join(folder, name) for folder, _, names in os.walk(path)
                        for name in names if name.endswith(_SUFFIXES)))


def _definitions_in(document: Any) -> Iterator[Mapping[str, Any]]:
    if not isinstance(document, dict):
        return
    if document.get("kind") == _KIND:
        yield document
    elif document.get("kind") in _LISTS:
        items = document.get("items")
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict) and item.get("kind", _KIND) == _KIND:
                yield item


def _line_of(problem: Exception) -> int:
    mark = getattr(problem, "problem_mark", None)
    return mark.line + 1 if mark is not None else 1
