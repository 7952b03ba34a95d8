"""A model as it travels: its files, a manifest of their digests, and a signature over the manifest.

    model.onnx  transform.json  model.json  ...   what is served
    manifest.json                                 path, SHA-256 and size of each of them, canonical JSON
    manifest.sig                                  Ed25519 (RFC 8032) over the bytes of manifest.json

The digest of a model is that of its manifest: `mlproject.lock` pins it, and with it every file.
Standard library and cryptography only: the serve image verifies with this code before it loads anything.
"""

from runtime.bundle.keys import key_id, load_private_key, load_public_key, trusted_keys
from runtime.bundle.manifest import MANIFEST, SIGNATURE, BundleError, manifest_digest, write_manifest
from runtime.bundle.reading import Bundle, read_bundle
from runtime.bundle.signing import sign

__all__ = ["MANIFEST", "SIGNATURE", "Bundle", "BundleError", "key_id", "load_private_key",
           "load_public_key", "manifest_digest", "read_bundle", "sign", "trusted_keys", "write_manifest"]
