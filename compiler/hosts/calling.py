"""JSON over HTTPS with a token, and with limits: a host's answer is input like any other."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from compiler.hosts.interface import HostError

TIMEOUT_SECONDS = 30
MAX_BYTES = 16 * 1024 * 1024
MAX_PAGES = 100
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Api:
    """The API at an address; the token goes there and nowhere else."""

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        self.address = address.rstrip("/")
        self._headers = {"User-Agent": "mlproject", "Content-Type": "application/json", **headers}
        parts = urlsplit(self.address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise HostError(f"the API is not at an https address: {self.address[:80]}",
                            "a token never travels in clear")
        self._opener = build_opener(_NoRedirect())

    def get(self, path: str) -> Any:
        """Return the answer to a GET."""
        return self._call("GET", f"{self.address}{path}", None)[0]

    def pages(self, path: str) -> list[Any]:
        """Return the items of a list, of all its pages."""
        found: list[Any] = []
        address: str | None = f"{self.address}{path}"
        for _ in range(MAX_PAGES):
            if address is None:
                return found
            items, address = self._call("GET", address, None)
            if not isinstance(items, list):
                raise HostError("the host answered something that is no list", "see whether the host is well")
            found += items
        raise HostError(f"there are more than {MAX_PAGES} pages", "close what is not needed any more")

    def send(self, method: str, path: str, body: Mapping[str, Any]) -> Any:
        """Return the answer to a request with a body."""
        return self._call(method, f"{self.address}{path}", json.dumps(body).encode())[0]

    def _call(self, method: str, address: str, body: bytes | None) -> tuple[Any, str | None]:
        request = Request(address, data=body, headers=self._headers, method=method)
        host = urlsplit(address).netloc
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                content = answer.read(MAX_BYTES + 1)
                following = self._next(answer.headers.get("Link", ""))
        except HTTPError as failure:
            raise HostError(f"{host} refused {method} {urlsplit(address).path}: {failure.code} {_reason(failure)}",
                            _help(failure.code)) from failure
        except (URLError, TimeoutError, OSError) as failure:
            reason = getattr(failure, "reason", failure)
            raise HostError(f"{host} cannot be reached: {reason}", "try again when it can") from failure
        if len(content) > MAX_BYTES:
            raise HostError(f"{host} answered more than {MAX_BYTES} bytes", "see whether the host is well")
        try:
            return (json.loads(content) if content else None), following
        except ValueError as failure:
            raise HostError(f"{host} answered something that is no JSON", "see whether the address is its API's"
                            ) from failure

    def _next(self, link: str) -> str | None:
        """Return the address of the next page, unless it leads away from where the token may go."""
        for part in link.split(","):
            address, _, relation = part.partition(";")
            if 'rel="next"' in relation:
                address = address.strip().strip("<>")
                return address if address.startswith(f"{self.address}/") else None
        return None


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow nothing: urllib would take the token along."""


def _reason(failure: HTTPError) -> str:
    try:
        said = json.loads(failure.read(4096))
        message = said.get("message") or said.get("error")
    except (ValueError, AttributeError, OSError):
        message = None
    text = message if isinstance(message, str) else json.dumps(message) if message else failure.reason or ""
    return " ".join(str(text).split())[:200]


def _help(code: int) -> str:
    if code in (401, 403):
        return "check the token: it needs to read and write requests of this repository"
    if code == 404:
        return "check the repository's address, and that the token may see it"
    return "read what the host says"
