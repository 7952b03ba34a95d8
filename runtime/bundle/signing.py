"""Sign the manifest of a bundle."""

import base64
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from runtime.bundle.keys import key_id
from runtime.bundle.manifest import MANIFEST, SIGNATURE

ALGORITHM = "ed25519"


def sign(folder: Path, key: Ed25519PrivateKey) -> str:
    """Sign the manifest in folder, and return the name of the key."""
    name = key_id(key.public_key())
    (folder / SIGNATURE).write_bytes(signature_text(name, key.sign((folder / MANIFEST).read_bytes())))
    return name


def signature_text(name: str, signature: bytes) -> bytes:
    """Return the content of a signature's file."""
    body = {"algorithm": ALGORITHM, "key": name, "signature": base64.b64encode(signature).decode()}
    return json.dumps(body, sort_keys=True).encode() + b"\n"
