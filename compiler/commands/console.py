"""What a command may do to the outside: print, and read what the environment says."""

from collections.abc import Mapping
from typing import Protocol

OK, REFUSED, USAGE, OUT_OF_DATE, ENVIRONMENT, BUG = 0, 1, 2, 3, 4, 70


class Console(Protocol):
    """Printing and environment variables; `cli` alone implements it."""

    @property
    def variables(self) -> Mapping[str, str]:
        """Return the environment variables."""

    @property
    def now(self) -> int:
        """Return the time in seconds since 1970. Nothing that is compiled depends on it."""

    @property
    def has_colour(self) -> bool:
        """Tell whether messages may be coloured."""

    @property
    def is_terminal(self) -> bool:
        """Tell whether a person watches."""

    def standard_input(self) -> bytes:
        """Read standard input to its end."""

    def out(self, text: str) -> None:
        """Write what was asked for."""

    def say(self, text: str) -> None:
        """Write a message for a person, beside what was asked for."""

    def progress(self, text: str) -> None:
        """Show what is being done, where someone watches."""
