"""What a client may take."""

from typing import NamedTuple


class Limits(NamedTuple):
    """What a client may take: bytes, and seconds."""

    body_bytes: int = 16 << 20
    buffered_bytes: int = 128 << 20
    """Of the bodies of all connections together."""
    connections: int = 2048
    head_seconds: float = 10.0
    request_seconds: float = 30.0
    idle_seconds: float = 75.0
    """Longer than the 60 s of common load balancers: whoever opened a connection should be the one to close it."""
