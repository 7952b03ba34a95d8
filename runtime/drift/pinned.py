"""The model that the lock pins, with all that its drift is measured against."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from runtime.bundle import BundleError, read_bundle
from runtime.drift.predictions import PREDICTIONS
from runtime.features.transform import FittedTransform, from_json
from runtime.outcome import Refused
from runtime.stores import fetched

PROFILE = "profile.json"
"""The file of a bundle with the profile of the training data."""


class PinnedModel(NamedTuple):
    """What a bundle holds for a monitor; `onnx` are the bytes of the model."""

    profile: Mapping[str, Any]
    predictions: Mapping[str, Any]
    transform: FittedTransform
    onnx: bytes


def read_pinned(model: Mapping[str, Any]) -> PinnedModel:
    """Return the pinned bundle; its digest is the lock's, or it is refused."""
    with fetched(model["uri"]) as folder:
        try:
            # The digest stands in the lock, which people reviewed: it says more than a signature.
            files = read_bundle(folder, digest=model["digest"], must_be_signed=False).files
        except BundleError as failure:
            raise Refused(f"the model {model['uri']} is not the one that is pinned: {failure}") from failure
    missing = sorted({PROFILE, PREDICTIONS, "transform.json", "model.onnx"} - set(files))
    if missing:
        raise Refused(f"the model {model['uri']} has no {missing[0]}: there is nothing to measure drift against; "
                      "train and promote it again")
    return PinnedModel(json.loads(files[PROFILE]), json.loads(files[PREDICTIONS]),
                       from_json(json.loads(files["transform.json"])), files["model.onnx"])
