"""Ed25519 keys as PEM, and the name by which a signature says which of them made it."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from runtime.bundle.manifest import BundleError


def load_private_key(pem: str) -> Ed25519PrivateKey:
    """Return the key of a PKCS 8 PEM text; the error says nothing of the text."""
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError) as failure:
        raise BundleError("the signing key is no unencrypted PEM private key") from failure
    if not isinstance(key, Ed25519PrivateKey):
        raise BundleError(f"the signing key is {type(key).__name__}, expected Ed25519")
    return key


def load_public_key(path: Path) -> Ed25519PublicKey:
    """Return the key in a PEM file."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except OSError as failure:
        raise BundleError(f"{path} cannot be read: {failure.strerror}") from failure
    except ValueError as failure:
        raise BundleError(f"{path} holds no PEM public key") from failure
    if not isinstance(key, Ed25519PublicKey):
        raise BundleError(f"{path} holds a key of another kind, expected Ed25519")
    return key


def trusted_keys(texts: Iterable[str]) -> list[Ed25519PublicKey]:
    """Return the Ed25519 keys among PEM texts: a key of another kind signs nothing here."""
    keys = [load_pem_public_key(text.encode()) for text in texts]
    return [key for key in keys if isinstance(key, Ed25519PublicKey)]


def key_id(key: Ed25519PublicKey) -> str:
    """Return the name of a key: `sha256:` and the SHA-256 of its SubjectPublicKeyInfo (RFC 5280)."""
    return f"sha256:{hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()}"
