"""The headers that mean something here."""

from runtime.serving.catalogue import Refusal

HEADERS = frozenset((b"content-length", b"transfer-encoding", b"content-encoding", b"expect",
                     b"inference-header-content-length"))


def judge(headers: dict[bytes, bytes]) -> Refusal | None:
    """Return what is wrong with headers that mean something; llhttp has judged what HTTP says of them."""
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        return Refusal("encoding")
    if b"transfer-encoding" in headers:
        if b"content-length" in headers:
            return Refusal("length")
        if headers[b"transfer-encoding"].lower() != b"chunked":
            return Refusal("encoding")
    if headers.get(b"expect", b"100-continue").lower() != b"100-continue":
        return Refusal("expectation")
    length = headers.get(b"inference-header-content-length", b"0")
    if not length.isdigit() or len(length) > 18:
        return Refusal("binary-header")
    return None
