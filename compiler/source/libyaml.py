"""The YAML parser under the reader: libyaml when PyYAML was built with it, else pure Python.

`import yaml` brings constructors, resolvers and dumpers that a compile never uses, and takes three
times as long as reading a spec.  Of PyYAML only the extension module and what it refers to is
loaded; a later `import yaml` finds nothing in its way.
"""

import sys
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from yaml import error, events

__all__ = ["HAS_LIBYAML", "EventSource", "error", "events", "open_parser"]

_USED = ("error", "tokens", "events", "nodes")
# The extension asks these modules for the errors that it raises, and for nothing else.
_RAISED = {"reader": "ReaderError", "scanner": "ScannerError", "parser": "ParserError", "composer": "ComposerError",
           "constructor": "ConstructorError", "emitter": "EmitterError", "serializer": "SerializerError",
           "representer": "RepresenterError"}
_MARKED = frozenset({"scanner", "parser", "composer", "constructor"})


class EventSource(Protocol):
    """What composing needs of a parser."""

    def get_event(self) -> "events.Event | None":
        """Return the next event, or None behind the last one."""


def _load() -> tuple[Any, Any, Any]:
    """Return PyYAML's modules of errors and events, and its extension, None when it was built without."""
    if "yaml" not in sys.modules:
        try:
            return _load_alone()
        except (ImportError, AttributeError):
            # This PyYAML is put together in another way, or has no extension: take it whole.
            pass
    package = import_module("yaml")
    return package.error, package.events, package._yaml if package.__with_libyaml__ else None


def _load_alone() -> tuple[Any, Any, Any]:
    found = PathFinder.find_spec("yaml")
    if found is None:
        raise ImportError("yaml")
    package = sys.modules["yaml"] = module_from_spec(found)
    try:
        for name in _USED:
            vars(package).update(vars(import_module(f"yaml.{name}")))
        for name, raised in _RAISED.items():
            stand_in = sys.modules[f"yaml.{name}"] = ModuleType(f"yaml.{name}")
            base = package.MarkedYAMLError if name in _MARKED else package.YAMLError
            setattr(stand_in, raised, type(raised, (base,), {}))
            setattr(package, name, stand_in)
        extension = import_module("yaml._yaml")
        return sys.modules["yaml.error"], sys.modules["yaml.events"], extension
    finally:
        for name in ("yaml", *(f"yaml.{name}" for name in _RAISED)):
            sys.modules.pop(name, None)


_error, _events, _extension = _load()
HAS_LIBYAML = _extension is not None
if not TYPE_CHECKING:
    error, events = _error, _events


def open_parser(text: str) -> EventSource:
    """Return the fastest parser there is; without libyaml it takes eight times as long."""
    parser: EventSource = _extension.CParser(text) if HAS_LIBYAML else _pure_parser(text)
    return parser


def _pure_parser(text: str) -> EventSource:
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class PureParser(Reader, Scanner, Parser):
        """PyYAML's own parser, from characters to events."""

        def __init__(self) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)

    return PureParser()
