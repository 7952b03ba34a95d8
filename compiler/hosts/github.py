"""GitHub's REST API (2022-11-28)."""

from typing import Any
from urllib.parse import quote, urlencode

from compiler.hosts.calling import Api
from compiler.hosts.interface import Comment, Proposal, Request

HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}


class GitHub:
    """One repository on GitHub."""

    def __init__(self, address: str, repository: str, token: str) -> None:
        self._api = Api(address, {**HEADERS, "Authorization": f"Bearer {token}"})
        self._repository = f"/repos/{quote(repository)}"
        self._owner = repository.partition("/")[0]

    def login(self) -> str:
        """Return the login that the token belongs to; the token of a workflow may not ask, and is its bot."""
        from compiler.hosts.interface import HostError

        try:
            return str(self._api.get("/user")["login"])
        except HostError:
            return "github-actions[bot]"

    def request_of(self, branch: str) -> Request | None:
        """Return the open request of a branch, None when there is none."""
        query = urlencode({"state": "open", "head": f"{self._owner}:{branch}"})
        found = self._api.get(f"{self._repository}/pulls?{query}")
        return _request(found[0]) if found else None

    def open_request(self, proposal: Proposal) -> Request:
        """Open a request, or bring the one of that branch up to date."""
        existing = self.request_of(proposal.branch)
        said = {"title": proposal.title, "body": proposal.body, "base": proposal.base}
        if existing is not None:
            return _request(self._api.send("PATCH", f"{self._repository}/pulls/{existing.number}", said))
        return _request(self._api.send("POST", f"{self._repository}/pulls", {**said, "head": proposal.branch}))

    def comments(self, number: int) -> tuple[Comment, ...]:
        """Return the comments of a request, oldest first."""
        found = self._api.pages(f"{self._repository}/issues/{number}/comments?per_page=100")
        return tuple(Comment(one["id"], (one.get("user") or {}).get("login", ""), one.get("body") or "")
                     for one in found)

    def add_comment(self, number: int, text: str) -> None:
        """Add a comment to a request."""
        self._api.send("POST", f"{self._repository}/issues/{number}/comments", {"body": text})

    def edit_comment(self, number: int, comment: int, text: str) -> None:
        """Replace the text of a comment."""
        self._api.send("PATCH", f"{self._repository}/issues/comments/{comment}", {"body": text})

    def approvals(self, number: int) -> tuple[str, ...]:
        """Return who approves of a request as it is now: the last word of each counts, and only of its last commit."""
        request = self._api.get(f"{self._repository}/pulls/{number}")
        head, author = request["head"]["sha"], request["user"]["login"]
        last: dict[str, tuple[str, str]] = {}
        for review in self._api.pages(f"{self._repository}/pulls/{number}/reviews?per_page=100"):
            if review["state"] in ("APPROVED", "CHANGES_REQUESTED", "DISMISSED"):
                last[(review.get("user") or {}).get("login", "")] = (review["state"], review.get("commit_id", ""))
        return tuple(sorted(login for login, said in last.items()
                            if said == ("APPROVED", head) and login not in ("", author)))


def _request(said: Any) -> Request:
    return Request(int(said["number"]), str(said["html_url"]))
