"""An edit as a branch of its own with a request to merge it: for others to approve."""

from collections.abc import Callable, Mapping

from compiler.git.committing import Committer
from compiler.hosts.finding import host_of
from compiler.hosts.interface import HostError, Proposal
from compiler.promotion.changing import Edit
from compiler.records import NamedTuple


class Opened(NamedTuple):
    """The branch that was pushed, and the address of its request; empty where the host's API is not known."""

    branch: str
    url: str


def opener(committer: Committer, base: str, variables: Mapping[str, str]) -> Callable[[Committer, str, Edit], Opened]:
    """Return what pushes a commit and opens its request; what it needs is looked for now, before anything is done."""
    address = committer.address()
    target = base or committer.branch()
    if address is None:
        raise HostError("there is no remote `origin` to push to", "git remote add origin ADDRESS")
    if target is None:
        raise HostError("no branch is checked out that the request could be for", "give --base BRANCH")
    host = host_of(address, variables)

    def finish(checkout: Committer, branch: str, edit: Edit) -> Opened:
        checkout.push(branch)
        if host is None:
            return Opened(branch, "")
        request = host.open_request(Proposal(branch, target, edit.headline, f"```\n{edit.body}\n```\n"))
        return Opened(branch, request.url)

    return finish
