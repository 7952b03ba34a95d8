"""The model artifact: the estimator in the form of its framework, the transform, and how it was trained.

    estimator.skops | estimator.txt | estimator.json | estimator.onnx
    transform.json   training.json
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from runtime.features import FittedTransform, load_transform
from runtime.models import lightgbm, onnx_model, scikit_learn, xgboost
from runtime.models.predicting import Model

TRAINING = "training.json"
TRANSFORM = "transform.json"
_FORMS = {scikit_learn.ScikitLearnModel: scikit_learn, lightgbm.LightGbmModel: lightgbm,
          xgboost.XgboostModel: xgboost, onnx_model.OnnxModel: onnx_model}


class TrainedModel(NamedTuple):
    """A model artifact that was read; `training` says with which settings it was fitted."""

    model: Model
    transform: FittedTransform
    training: Mapping[str, Any]


def save_model(model: Model, folder: Path, *, transform: Path, training: Mapping[str, Any]) -> None:
    """Write the model artifact to folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _FORMS[type(model)].save(model, folder)
    shutil.copyfile(transform, folder / TRANSFORM)
    (folder / TRAINING).write_text(json.dumps(training, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def load_model(folder: Path) -> TrainedModel:
    """Return the model artifact in folder."""
    training = json.loads((folder / TRAINING).read_text(encoding="utf-8"))
    form = next(form for form in _FORMS.values() if (folder / form.FILE).exists())
    model: Model = form.load(folder, training["task"])
    return TrainedModel(model, load_transform(folder / TRANSFORM), training)
