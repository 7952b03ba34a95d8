"""GitLab's REST API (v4)."""

from typing import Any
from urllib.parse import quote, urlencode

from compiler.hosts.calling import Api
from compiler.hosts.interface import Comment, Proposal, Request


class GitLab:
    """One project on GitLab."""

    def __init__(self, address: str, repository: str, token: str) -> None:
        self._api = Api(address, {"PRIVATE-TOKEN": token})
        self._project = f"/projects/{quote(repository, safe='')}"

    def login(self) -> str:
        """Return the login that the token belongs to."""
        return str(self._api.get("/user")["username"])

    def request_of(self, branch: str) -> Request | None:
        """Return the open request of a branch, None when there is none."""
        query = urlencode({"state": "opened", "source_branch": branch})
        found = self._api.get(f"{self._project}/merge_requests?{query}")
        return _request(found[0]) if found else None

    def open_request(self, proposal: Proposal) -> Request:
        """Open a request, or bring the one of that branch up to date."""
        existing = self.request_of(proposal.branch)
        said = {"title": proposal.title, "description": proposal.body, "target_branch": proposal.base}
        if existing is not None:
            return _request(self._api.send("PUT", f"{self._project}/merge_requests/{existing.number}", said))
        said |= {"source_branch": proposal.branch}
        return _request(self._api.send("POST", f"{self._project}/merge_requests",
                                       {**said, "remove_source_branch": True}))

    def comments(self, number: int) -> tuple[Comment, ...]:
        """Return the comments of a request, oldest first; what GitLab notes by itself is left out."""
        query = urlencode({"sort": "asc", "order_by": "created_at", "per_page": 100})
        found = self._api.pages(f"{self._project}/merge_requests/{number}/notes?{query}")
        return tuple(Comment(one["id"], (one.get("author") or {}).get("username", ""), one.get("body") or "")
                     for one in found if not one.get("system"))

    def add_comment(self, number: int, text: str) -> None:
        """Add a comment to a request."""
        self._api.send("POST", f"{self._project}/merge_requests/{number}/notes", {"body": text})

    def edit_comment(self, number: int, comment: int, text: str) -> None:
        """Replace the text of a comment."""
        self._api.send("PUT", f"{self._project}/merge_requests/{number}/notes/{comment}", {"body": text})

    def approvals(self, number: int) -> tuple[str, ...]:
        """Return who approves of a request, its author left out; GitLab itself drops approvals of older commits."""
        author = self._api.get(f"{self._project}/merge_requests/{number}")["author"]["username"]
        found = self._api.get(f"{self._project}/merge_requests/{number}/approvals")
        names = {one["user"]["username"] for one in found.get("approved_by", ())}
        return tuple(sorted(names - {author}))


def _request(said: Any) -> Request:
    return Request(int(said["iid"]), str(said["web_url"]))
