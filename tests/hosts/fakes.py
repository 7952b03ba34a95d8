"""GitHub's and GitLab's APIs, as much of them as is used: on loopback, in memory, with pages, tokens and refusals."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "t0ken-of-a-test"
PAGE = 2
"""Items a page, however many are asked for: paging is always exercised."""


class Fake:
    """One repository on a fake host: requests by number, their comments and reviews; `calls` is what was asked."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.requests: dict[int, dict[str, Any]] = {}
        self.comments: dict[int, list[dict[str, Any]]] = {}
        self.reviews: dict[int, list[dict[str, Any]]] = {}
        self.calls: list[str] = []
        self.redirect_to = ""
        self.address = ""

    @property
    def variables(self) -> dict[str, str]:
        """Return what a CI job of the host would see."""
        if self.kind == "github":
            return {"GITHUB_API_URL": self.address, "GITHUB_TOKEN": TOKEN}
        return {"CI_API_V4_URL": self.address, "CI_SERVER_URL": "https://gitlab.com", "GITLAB_TOKEN": TOKEN}

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: dict[str, Any]) -> tuple[int, Any]:
        """Return status and body of one call."""
        root = "/repos/acme/gitops" if self.kind == "github" else "/projects/acme%2Fgitops"
        if path == "/user":
            return 200, {"login": "bot", "username": "bot"}
        if not path.startswith(f"{root}/"):
            return 404, {"message": "Not Found"}
        parts = path.removeprefix(f"{root}/").split("/")
        return (self._github if self.kind == "github" else self._gitlab)(method, parts, query, body)

    def _github(self, method: str, parts: list[str], query: dict[str, list[str]],
                body: dict[str, Any]) -> tuple[int, Any]:
        match method, parts:
            case "GET", ["pulls"]:
                head = query["head"][0].removeprefix("acme:")
                return 200, [one for one in self.requests.values() if one["branch"] == head]
            case "POST", ["pulls"]:
                return 201, self._open(body["head"], body)
            case "PATCH", ["pulls", number]:
                return 200, self._update(int(number), body)
            case "GET", ["pulls", number]:
                return 200, self.requests[int(number)]
            case "GET", ["pulls", number, "reviews"]:
                return 200, self.reviews.get(int(number), [])
            case "GET", ["issues", number, "comments"]:
                return 200, self.comments.get(int(number), [])
            case "POST", ["issues", number, "comments"]:
                return 201, self._comment(int(number), {"user": {"login": "bot"}, **body})
            case "PATCH", ["issues", "comments", id]:
                return self._edit(int(id), body)
        return 404, {"message": "Not Found"}

    def _gitlab(self, method: str, parts: list[str], query: dict[str, list[str]],
                body: dict[str, Any]) -> tuple[int, Any]:
        match method, parts:
            case "GET", ["merge_requests"]:
                return 200, [one for one in self.requests.values() if one["branch"] == query["source_branch"][0]]
            case "POST", ["merge_requests"]:
                return 201, self._open(body["source_branch"], body)
            case "PUT", ["merge_requests", number]:
                return 200, self._update(int(number), body)
            case "GET", ["merge_requests", number]:
                return 200, self.requests[int(number)]
            case "GET", ["merge_requests", number, "approvals"]:
                return 200, {"approved_by": self.reviews.get(int(number), [])}
            case "GET", ["merge_requests", number, "notes"]:
                return 200, self.comments.get(int(number), [])
            case "POST", ["merge_requests", number, "notes"]:
                return 201, self._comment(int(number), {"author": {"username": "bot"}, "system": False, **body})
            case "PUT", ["merge_requests", _, "notes", id]:
                return self._edit(int(id), body)
        return 404, {"message": "Not Found"}

    def _open(self, branch: str, body: dict[str, Any]) -> dict[str, Any]:
        number = len(self.requests) + 1
        url = f"https://example.org/requests/{number}"
        self.requests[number] = {"number": number, "iid": number, "html_url": url, "web_url": url, "branch": branch,
                                 "user": {"login": "ada"}, "author": {"username": "ada"}, "head": {"sha": "c" * 40},
                                 **body, **({"head": {"sha": "c" * 40}} if self.kind == "github" else {})}
        return self.requests[number]

    def _update(self, number: int, body: dict[str, Any]) -> dict[str, Any]:
        self.requests[number].update(body)
        return self.requests[number]

    def _comment(self, number: int, comment: dict[str, Any]) -> dict[str, Any]:
        made = {"id": 100 + sum(map(len, self.comments.values())), **comment}
        self.comments.setdefault(number, []).append(made)
        return made

    def _edit(self, id: int, body: dict[str, Any]) -> tuple[int, Any]:
        for comments in self.comments.values():
            for one in comments:
                if one["id"] == id:
                    one.update(body)
                    return 200, one
        return 404, {"message": "Not Found"}


class _Handler(BaseHTTPRequestHandler):
    fake: Fake

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        self.fake.calls.append(f"{self.command} {parts.path}")
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else {}
        query = parse_qs(parts.query)
        token = self.headers.get("PRIVATE-TOKEN") or self.headers.get("Authorization", "").removeprefix("Bearer ")
        status, said = self.fake.answer(self.command, parts.path, query, body) if token == TOKEN else (
            401, {"message": "Bad credentials"})
        if self.fake.redirect_to:
            status, said = 302, {}
        headers = {"Location": self.fake.redirect_to} if self.fake.redirect_to else {}
        if isinstance(said, list) and "per_page" in query:
            page = int(query.get("page", ["1"])[0])
            if len(said) > page * PAGE:
                headers["Link"] = f'<{self.fake.address}{parts.path}?per_page=100&page={page + 1}>; rel="next"'
            said = said[(page - 1) * PAGE:page * PAGE]
        content = json.dumps(said).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PATCH = do_PUT = _serve  # noqa: N815 - the names of http.server

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def fake_host(kind: str) -> Iterator[Fake]:
    """Yield a fake that answers on loopback until the block ends."""
    fake = Fake(kind)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"fake": fake}))
    fake.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
