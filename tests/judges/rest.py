"""Plain HTTPS requests to one Kubernetes API server."""

import json
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

TIMEOUT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said: the HTTP status and the JSON or text of its body."""

    status: int
    body: dict | str

    @property
    def is_refusal(self) -> bool:
        return self.status >= 400

    @property
    def message(self) -> str:
        """Return why the server refused, in its own words."""
        if isinstance(self.body, dict):
            return self.body.get("message") or json.dumps(self.body)
        return self.body.strip() or f"HTTP {self.status}"


class Rest:
    """A caller of one server, known by its token; threads may share it."""

    def __init__(self, address: str, *, token: str, certificate: Path) -> None:
        self.address = address
        self._token = token
        self._opener = urllib.request.build_opener(
            # A proxy of the machine's environment must not see loopback requests.
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(
                context=ssl.create_default_context(cafile=str(certificate))),
        )

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] = {},
        body: object = None,
        content_type: str = "application/json",
        accept: str = "application/json",
    ) -> Answer:
        """Send body, text as it is and all else as JSON; return a refusal as an answer too."""
        url = self.address + path + (f"?{urlencode(query)}" if query else "")
        request = urllib.request.Request(url, data=_encode(body), method=method, headers={
            "Authorization": f"Bearer {self._token}",
            "Content-Type": content_type,
            "Accept": accept,
        })
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as response:
                return Answer(response.status, _decode(response))
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Answer(refusal.code, _decode(refusal))


def path_segment(text: str) -> str:
    """Return text as one segment of a path, whatever characters it holds."""
    return quote(text, safe="")


def _encode(body: object) -> bytes | None:
    match body:
        case None:
            return None
        case str():
            return body.encode()
        case _:
            return json.dumps(body).encode()


def _decode(response) -> dict | str:
    text = response.read().decode(errors="replace")
    if "json" in response.headers.get("Content-Type", ""):
        return json.loads(text)
    return text
