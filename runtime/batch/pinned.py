"""The model that the lock pins: its bytes are those that were reviewed, or nothing is predicted."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from runtime.bundle import SIGNATURE, Bundle, BundleError, read_bundle, trusted_keys
from runtime.features import FittedTransform
from runtime.features.transform import from_json
from runtime.models.onnx_model import OnnxModel
from runtime.outcome import Refused
from runtime.stores import fetched
from runtime.trusted_keys import VARIABLE, pem_texts


class PinnedModel(NamedTuple):
    """A model that was verified."""

    version: str
    digest: str
    key: str | None
    transform: FittedTransform
    model: OnnxModel


def read_pinned(pinned: Mapping[str, Any] | None, task: str) -> PinnedModel:
    """Return the model that the settings pin, verified before a byte of it is parsed."""
    if pinned is None:
        raise Refused("no model is pinned for this environment yet: promote one")
    with fetched(pinned["uri"]) as folder:
        try:
            bundle = _verified(folder, pinned)
        except BundleError as failure:
            raise Refused(f"version {pinned['version']} is refused: {failure}") from failure
    transform = from_json(json.loads(bundle.files["transform.json"]))
    return PinnedModel(pinned["version"], bundle.digest, bundle.key, transform,
                       OnnxModel(bundle.files["model.onnx"], task))


def _verified(folder: Path, pinned: Mapping[str, Any]) -> Bundle:
    """Return the bundle. Where no key is named here, its signature was verified when the lock pinned its digest."""
    keys = trusted_keys(pem_texts(os.environ.get(VARIABLE, "")))
    must_be_signed = pinned["must_be_signed"]
    if must_be_signed and not (folder / SIGNATURE).exists():
        raise BundleError(f"`{SIGNATURE}` is missing: the model is not signed")
    return read_bundle(folder, trusted=keys, digest=pinned["digest"], must_be_signed=bool(keys) and must_be_signed)
