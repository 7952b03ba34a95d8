"""Read a bundle: every byte is held against the manifest, and the manifest against a trusted key and a digest.

What is returned are the bytes that were checked. A caller that opened the files again could get others.
"""

import base64
import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from runtime.bundle.keys import key_id
from runtime.bundle.manifest import MANIFEST, SIGNATURE, VERSION, BundleError, files_of, manifest_digest
from runtime.bundle.signing import ALGORITHM, signature_text

MAXIMUM_BYTES = 4 << 30
_MAXIMUM_MANIFEST = 1 << 20
_PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")


class Bundle(NamedTuple):
    """A bundle that was checked: its digest, the key that signed it (None: unsigned), its files by path."""

    digest: str
    key: str | None
    files: Mapping[str, bytes]


def read_bundle(folder: Path, *, trusted: Sequence[Ed25519PublicKey] = (), digest: str | None = None,
                must_be_signed: bool = True, maximum_bytes: int = MAXIMUM_BYTES) -> Bundle:
    """Return the bundle in folder; raise BundleError when anything of it is not as its manifest says.

    `digest` is what a lock pins. A signature, where there is one, must be of a trusted key even if
    none is asked for, unless nobody is trusted at all.
    """
    manifest = _read(folder, MANIFEST, _MAXIMUM_MANIFEST)
    found = manifest_digest(manifest)
    if digest is not None and found != digest:
        raise BundleError(f"the model has digest {found}, pinned is {digest}")
    key = _signer(folder, manifest, trusted, must_be_signed=must_be_signed)
    listed = _listed(manifest)
    unlisted = sorted(set(files_of(folder)) - set(listed))
    if unlisted:
        raise BundleError(f"`{unlisted[0]}` is not in the manifest")
    if sum(entry["size"] for entry in listed.values()) > maximum_bytes:
        raise BundleError(f"the model is larger than {maximum_bytes} bytes")
    return Bundle(found, key, {path: _checked(folder, path, entry) for path, entry in sorted(listed.items())})


def _signer(folder: Path, manifest: bytes, trusted: Sequence[Ed25519PublicKey], *, must_be_signed: bool) -> str | None:
    if not (folder / SIGNATURE).exists():
        if must_be_signed:
            raise BundleError(f"`{SIGNATURE}` is missing: the model is not signed")
        return None
    if not trusted and not must_be_signed:
        return None
    name, signature = _signature(folder)
    for key in trusted:
        if key_id(key) == name:
            try:
                key.verify(signature, manifest)
            except InvalidSignature as failure:
                raise BundleError(f"the signature is not of this manifest: `{MANIFEST}` or `{SIGNATURE}` "
                                  "was changed") from failure
            return name
    raise BundleError(f"`{SIGNATURE}` is of key {name}, which is not trusted")


def _signature(folder: Path) -> tuple[str, bytes]:
    try:
        raw = _read(folder, SIGNATURE, _MAXIMUM_MANIFEST)
        body = json.loads(raw)
        name, signature = str(body["key"]), base64.b64decode(body["signature"], validate=True)
        # One signature has one text: the unused bits of base64 and the blanks of JSON are no place to hide in.
        if raw != signature_text(name, signature):
            raise ValueError
        return name, signature
    except (ValueError, KeyError, TypeError, RecursionError) as failure:
        raise BundleError(f"`{SIGNATURE}` is no {ALGORITHM} signature") from failure


def _listed(manifest: bytes) -> dict[str, dict[str, Any]]:
    try:
        body = json.loads(manifest)
        entries = {entry["path"]: {"sha256": str(entry["sha256"]), "size": int(entry["size"])}
                   for entry in body["files"]}
        if body["version"] != VERSION or len(entries) != len(body["files"]):
            raise ValueError(body["version"])
    except (ValueError, KeyError, TypeError, RecursionError) as failure:
        raise BundleError(f"`{MANIFEST}` is no manifest of version {VERSION}") from failure
    for path in entries:
        if not isinstance(path, str) or not _PATH.fullmatch(path) or path in (MANIFEST, SIGNATURE):
            raise BundleError("the manifest lists a path that leaves its folder")
    return entries


def _checked(folder: Path, path: str, entry: Mapping[str, Any]) -> bytes:
    data = _read(folder, path, entry["size"])
    if len(data) != entry["size"] or hashlib.sha256(data).hexdigest() != entry["sha256"]:
        raise BundleError(f"`{path}` was changed: it is not the file that was signed")
    return data


def _read(folder: Path, path: str, maximum_bytes: int) -> bytes:
    """Return the bytes of a file, at most one more than the maximum, without following a link."""
    try:
        descriptor = os.open(folder / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as failure:
        raise BundleError(f"`{path}` is missing or is a link") from failure
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read(maximum_bytes + 1)
