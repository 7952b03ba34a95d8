"""SHA-256 without OpenSSL: `hashlib` loads it first, which takes longer than the compiler takes to hash a project."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:
        sha256 = __import__("_sha2" if sys.version_info >= (3, 12) else "_sha256").sha256
    except ImportError:
        from hashlib import sha256


def sha256_hex(content: bytes) -> str:
    """Return the SHA-256 of content, in hexadecimal."""
    return sha256(content).hexdigest()
