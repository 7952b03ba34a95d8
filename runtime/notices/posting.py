"""Post JSON to a channel's HTTP interface; what is secret in its address is never said."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from runtime.outcome import Refused, Unavailable

_SECONDS = 20
_BUSY = 429


def post(channel: str, address: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
    """Send body; a refusal for what the channel will never take, else it may be tried again."""
    if not address.startswith(("https://", "http://")):
        raise Refused(f"the address of {channel} is no http address")
    request = urllib.request.Request(address, data=json.dumps(body).encode(), method="POST",
                                     headers={"Content-Type": "application/json", **(headers or {})})
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=_SECONDS):
            return
    except urllib.error.HTTPError as failure:
        failure.close()
        if failure.code < 500 and failure.code != _BUSY:
            raise Refused(f"{channel} answers {failure.code}: is its secret right?") from None
        raise Unavailable(f"{channel} answers {failure.code}") from None
    except (OSError, ValueError) as failure:
        # The address is a secret, and some of these errors quote it.
        raise Unavailable(f"{channel} cannot be reached: {type(failure).__name__}") from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follow nothing: a body that carries a key goes to the address that was configured."""

    def redirect_request(self, *_arguments: Any) -> None:
        """Return None, which makes the redirection an error."""
        return
