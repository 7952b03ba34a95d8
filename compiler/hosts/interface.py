"""What every host can do; a request is GitHub's pull request and GitLab's merge request."""

from typing import Protocol

from compiler.records import NamedTuple


class HostError(Exception):
    """What a host refused or could not do; the message is for a person, `help` says the way out."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


class Proposal(NamedTuple):
    """A request to be opened: branch is to be merged into base."""

    branch: str
    base: str
    title: str
    body: str


class Request(NamedTuple):
    """A request that is open: its number, and the address that a person opens."""

    number: int
    url: str


class Comment(NamedTuple):
    """A comment of a request; `author` is the login of who wrote it."""

    id: int
    author: str
    text: str


class Host(Protocol):
    """One repository on a host."""

    def login(self) -> str:
        """Return the login that the token belongs to."""

    def request_of(self, branch: str) -> Request | None:
        """Return the open request of a branch, None when there is none."""

    def open_request(self, proposal: Proposal) -> Request:
        """Open a request, or bring the one of that branch up to date."""

    def comments(self, number: int) -> tuple[Comment, ...]:
        """Return the comments of a request, oldest first."""

    def add_comment(self, number: int, text: str) -> None:
        """Add a comment to a request."""

    def edit_comment(self, number: int, comment: int, text: str) -> None:
        """Replace the text of a comment."""

    def approvals(self, number: int) -> tuple[str, ...]:
        """Return who approves of a request as it is now, sorted, its author left out."""
